"""units: what the rule says of doses, durations and sizes whose unit is not that of the source."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings


@pytest.mark.parametrize(
    ("locale", "source", "target", "message"),
    [
        ("es", "Take 5 µg.", "Tome 5 mg.", "5 µg has become 5 mg"),
        ("de", "every 8 hours", "alle 8 Tage", "8 hours has become 8 Tage"),
        ("fr", "for 2 weeks", "pendant 2 mois", "2 weeks has become 2 mois"),
        ("pl", "600,000 IU", "600 000 mg", "600,000 IU has become 600 000 mg"),
        ("pt_BR", "600,000 IU/kg", "600.000 UI/g", "600,000 IU/kg has become 600.000 UI/g"),
        ("ja", "600,000 IU/kg", "60万国際単位", "“per kg” of 600,000 IU/kg is missing"),
        ("zh_CN", "for 5 days", "持续5", "the unit of 5 days is missing or another"),
        ("ar", "2 days", "أسبوعان", "2 days has become أسبوعان"),
        ("de", "aged 18 or older", "ab 18 Monaten", "18 has become 18 Monaten"),
        ("de", "below 90 mmHg", "unter 90 kPa", "90 mmHg has become 90 kPa"),
        ("es", "a gain of 2 lb", "un aumento de 2 kg", "2 lb has become 2 kg"),
        ("fr", "2 weeks", "2 jours", "2 weeks has become 2 jours"),
    ],
)
def test_another_unit_is_an_error(locale: str, source: str, target: str, message: str) -> None:
    found = [each for rule in ("units", "numbers") for each in findings(rule, source, target, locale=locale)]
    assert [(each.message, each.severity) for each in found if each.rule == "units"] == [(message, Severity.ERROR)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "5 µg", "5 μg"),
        ("fr", "5 mcg", "5 microgrammes"),
        ("de", "10 mL per day", "10 ml pro Tag"),
        ("de", "a 10-year study", "eine 10-Jahres-Studie"),
        ("pl", "5 IU in 3 months", "5 j.m. w ciągu 3 miesięcy"),
        ("ja", "600,000 IU/kg for 2 months", "体重1 kgあたり60万国際単位を2か月間"),
        ("zh_CN", "600,000 IU/kg every 8 hours", "每8小时每公斤60万国际单位"),
        ("ar", "5 mg for 3 days", "٥ ملغ لمدة ٣ أيام"),
        ("pt_BR", "18 or older", "18 anos ou mais"),
        ("ja", "PS 0 or 1", "PSは0分または1分"),
        ("de", "3 consecutive days", "3 aufeinanderfolgende Tage"),
        ("fr", "at 10 p.m.", "à 22 h"),
        ("ar", "5 mg per day", "٥ ملغ يوميًا"),
        ("ar", "the first 6 weeks", "الأسابيع الستة الأولى"),
        ("fr", "7 days a week", "7 jours sur 7"),
        ("ja", "24 hours a day", "24時間体制で"),
        ("pl", "90 minutes", "1,5 godziny"),
    ],
)
def test_the_unit_in_the_words_of_the_language_is_the_unit(locale: str, source: str, target: str) -> None:
    assert findings("units", source, target, locale=locale) == []
