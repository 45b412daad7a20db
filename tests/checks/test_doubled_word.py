"""doubled_word: words that follow themselves, and those that may."""

import pytest

from tests.checks.subjects import findings


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Es wirkt wirkt."),
        ("de", "Die Die Dosis"),
        ("de", "(Die Dosis) Dosis Dosis"),
        ("es", "de de la dosis"),
        ("fr", "l’on on appelle"),
        ("pl", "w w szpitalu"),
        ("ar", "إنه يعمل يعمل"),
        ("ja", "患者さん患者さんに"),
        ("ja", "質問をを検索"),
        ("zh_CN", "治疗中心治疗中心"),
        ("zh_CN", "医生的的医院"),
        ("zh_CN", "患者患者"),
    ],
)
def test_a_word_that_stands_twice_is_found(locale: str, target: str) -> None:
    assert findings("doubled-word", "It works", target, locale=locale)


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Patienten, die die Dosis"),
        ("de", "wenn Sie sie nehmen"),
        ("fr", "Nous nous informons, vous vous informez"),
        ("de", "Baden-Baden Baden"),
        ("de", "A A"),
        ("de", "Dosis.Dosis"),
        ("ja", "ドキドキ、そのののち、ますます、患者ががんと"),
        ("zh_CN", "为了了解、目的的、现在在、饱和和、参与与、常常、一步一步"),
        ("es", "no, no"),
    ],
)
def test_words_that_may_follow_themselves_pass(locale: str, target: str) -> None:
    found = findings("doubled-word", "It works", target, locale=locale)
    assert [finding.actual for finding in found] == []


def test_what_is_doubled_in_the_english_may_be_doubled() -> None:
    assert findings("doubled-word", "never never", "nie nie") == []
