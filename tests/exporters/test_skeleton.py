"""skeleton: a template rendered once, filled many times."""

from jinja2 import Environment

from pipeline.exporters.skeleton import Places

# What a page says; a place takes it out.
Page = dict[str, str]


def test_a_filled_skeleton_is_what_the_template_renders() -> None:
    template = Environment(autoescape=True).from_string(
        "<p title='{{ title }}'>{{ body }}{% if body %}!{% endif %}</p>"
    )
    places: Places[Page] = Places()
    skeleton = places.skeleton(
        template.render(
            title=places.text("title", lambda page: page["title"]), body=places.html("body", lambda page: page["body"])
        )
    )
    assert (
        skeleton.fill({"title": "a 'b' <c>", "body": "<b>1</b>"}) == "<p title='a &#39;b&#39; &lt;c&gt;'><b>1</b>!</p>"
    )
    assert skeleton.fill({"title": "", "body": ""}) == "<p title=''>!</p>"


def test_a_text_that_looks_like_a_place_stays_a_text() -> None:
    places: Places[Page] = Places()
    mark = str(places.text("title", lambda page: page["title"]))
    assert places.skeleton(f"<p>{mark}").fill({"title": mark}) == f"<p>{mark}"


def test_what_is_asked_for_twice_is_one_place() -> None:
    asked: list[str] = []
    places: Places[Page] = Places()

    def title(page: Page) -> str:
        asked.append("title")
        return page["title"]

    skeleton = places.skeleton(f"{places.text('title', title)}-{places.text('title', title)}")
    assert (skeleton.fill({"title": "a"}), asked) == ("a-a", ["title"])
