"""samples: catalogs, as text and as values, for the tests of the PO reader and writer."""

import re

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pipeline.model.catalog import Catalog, Previous, Unit

HEADER = r"""msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""

# Every construct of the format once; our quick path reads it.
RICH = r"""# Translators of the example
#
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: example\n"
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

# a translator's comment
#. an extracted one
#: messages/a.md:3 messages/b.md:4
#, python-brace-format
msgctxt "one"
msgid "One {a}"
msgstr "Eins {a}"

#, fuzzy
#| msgctxt "two"
#| msgid "Tow"
msgctxt "two"
msgid "Two\n"
"lines\n"
msgstr ""
"Zwei\n"
"Zeilen é\n"

#: messages/a.md:9
msgid "a \"file\"\t"
msgid_plural "files \\ more"
msgstr[0] "eine \"Datei\""
msgstr[1] ""
"mehrere "
"Dateien"

#| msgid "old"
#| msgid_plural "olds"
msgid "untranslated"
msgstr ""

#~| msgid "gone old"
#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr "Weg"

# of the next
#~ msgid "Gone too"
#~ msgid_plural "Gone toos"
#~ msgstr[0] ""
#~ "Auch\t "
#~ "weg"
#~ msgstr[1] ""

# after the last entry
"""

# Legal, but in no layout that a tool would write.
ODD = (
    "\n\f\n"
    + HEADER
    + "# far away\n\n \t\n"
    + 'msgid"a" "b"\n\n"c"   msgstr\t"x"\n'
    + '  msgid "p" msgid_plural "ps"\n'
    + '  msgstr [ 0 ] "\\x41\\303\\251\\101"\r\nmsgstr[01] "\\a\\b\\f\\v\\r\\t" \n#~\n#|\n'
    + '#~msgid "gone"\n#~\n  #~  msgstr "weg\\\\"\n#~ # about the next\n#~| msgid "x"\n#~ msgid "next"\n#~ msgstr ""'
)


def catalog(*entries: str) -> bytes:
    """A file of the header and the entries, with a blank line between."""
    return (HEADER + "\n".join(entries)).encode()


FIELDS = "Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
A_HEADER = Unit(source="", targets=(FIELDS,))

# For property tests: no limit of time that a busy machine could break.
unhurried = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

STRINGS = st.text(
    st.sampled_from('"\\\n\t\r\a\b\f\v n#~{}\u2028\x85\xa0é')
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04"),
    max_size=12,
)
COMMENTS = st.text(
    st.sampled_from(' "\t\a\f\v n#~|,.:\u2028\x85\xa0é')
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r\\"),
    max_size=12,
)
WORDS = st.text(st.sampled_from("ab.:1/-é\u2028\xa0"), min_size=1, max_size=6)
# gettext takes a line without a file, :1, for that of the location before it.
LOCATIONS = st.just("a b:1") | WORDS.filter(lambda word: not re.fullmatch(":1+", word))


@st.composite
def units(draw: st.DrawFn, number: int) -> Unit:
    source = f"{number}{draw(STRINGS)}."
    plural = draw(st.none() | STRINGS.map("{}.".format))
    count = 1 if plural is None else 2
    return Unit(
        context=draw(st.none() | STRINGS),
        source=source,
        plural=None if plural is None else "." + plural,
        targets=tuple(
            draw(STRINGS.map(".{}.".format) | st.just("") if count == 1 else STRINGS.map(".{}.".format))
            for _ in range(count)
        ),
        flags=draw(st.sampled_from([(), ("fuzzy",), ("python-brace-format", "no-wrap")])),
        translator_comments=draw(st.lists(COMMENTS, max_size=2).map(tuple)),
        extracted_comments=draw(st.lists(COMMENTS, max_size=2).map(tuple)),
        locations=draw(st.lists(LOCATIONS, max_size=2).map(tuple)),
        previous=draw(
            st.none() | st.builds(Previous, context=st.none() | STRINGS, source=STRINGS, plural=st.none() | STRINGS)
        ),
        obsolete=draw(st.booleans()),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    content = tuple(draw(units(number)) for number in range(draw(st.integers(0, 4))))
    return Catalog(name="x.po", header=A_HEADER, units=content, newline=draw(st.sampled_from(["\n", "\r\n"])))
