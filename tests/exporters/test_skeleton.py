"""skeleton: a template rendered once, filled many times."""

import json

from jinja2 import Environment

from pipeline.exporters.skeleton import JsonPlaces, Places, Skeletons
from pipeline.model.bundle import encode
from tests.exporters.sample import exported, golden_files

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


def test_a_filled_record_is_what_the_encoder_writes() -> None:
    def record(text: object, blocks: object) -> dict[str, object]:
        return {"text": text, "list": [{"blocks": blocks}, text], "own": '"\\u00000\\u0000"'}

    places: JsonPlaces[dict[str, object]] = JsonPlaces()
    text = places.value("text", lambda page: page["text"])
    skeleton = places.skeleton(record(text, places.value("blocks", lambda page: page["blocks"])))
    for said in ("", 'a "b"\n\\', "\0"):
        for blocks in ([], [{"c": said, "d": [1, None]}], json.loads("{}"), 1.5, None, True):
            assert skeleton.fill({"text": said, "blocks": blocks}) + b"\n" == encode(record(said, blocks))


def test_files_of_all_locales_come_out_of_the_same_skeletons() -> None:
    skeletons = Skeletons()
    assert exported(skeletons) == golden_files()
    assert exported(skeletons) == golden_files()
