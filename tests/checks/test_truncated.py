"""truncated: what the rule says of texts that stop too early."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

SOURCE = (
    "Tell your doctor at once if you have a fever, chest pain or trouble breathing, even if these symptoms are mild."
)
WHOLE = {
    "de": "Informieren Sie sofort Ihren Arzt, wenn Sie Fieber, Brustschmerzen oder Atemnot haben, auch wenn diese "
    "Beschwerden leicht sind.",
    "es": "Informe de inmediato a su médico si tiene fiebre, dolor en el pecho o dificultad para respirar, aunque "
    "estos síntomas sean leves.",
    "fr": "Prévenez immédiatement votre médecin en cas de fièvre, de douleur à la poitrine ou de difficulté à "
    "respirer, même si ces symptômes sont légers.",
    "pl": "Należy natychmiast poinformować lekarza, jeśli wystąpi gorączka, ból w klatce piersiowej lub trudności "
    "z oddychaniem, nawet jeśli objawy są łagodne.",
    "pt_BR": "Avise imediatamente o seu médico se tiver febre, dor no peito ou dificuldade para respirar, mesmo que "
    "esses sintomas sejam leves.",
    "ja": "発熱、胸の痛みまたは呼吸困難がある場合は、症状が軽くても、直ちに担当の医師に伝えてください。",
    "zh_CN": "如果您出现发热、胸痛或呼吸困难，即使症状轻微，也请立即告知您的医生。",
    "ar": "أخبر طبيبك فورًا إذا أُصبت بالحمى أو ألم في الصدر أو صعوبة في التنفس، حتى لو كانت هذه الأعراض خفيفة.",
}


def said(source: str, target: str, locale: str) -> list[Severity]:
    return [finding.severity for finding in findings("truncated", source, target, locale=locale)]


@pytest.mark.parametrize("locale", WHOLE)
def test_a_whole_text_passes(locale: str) -> None:
    assert said(SOURCE, WHOLE[locale], locale) == []


@pytest.mark.parametrize("locale", WHOLE)
@pytest.mark.parametrize("share", [0.4, 0.55])
def test_a_text_that_is_cut_off_is_found(locale: str, share: float) -> None:
    cut = WHOLE[locale][: int(len(WHOLE[locale]) * share)].rstrip()
    assert len(said(SOURCE, cut, locale)) == 1


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Informieren Sie sofort Ihren Arzt, wenn Sie Fieber oder"),
        ("es", "Informe de inmediato a su médico si tiene fiebre o dolor en el"),
        ("fr", "Prévenez immédiatement votre médecin en cas de fièvre, de"),
        ("pl", "Należy natychmiast poinformować lekarza, jeśli wystąpi gorączka lub"),
        ("pt_BR", "Avise imediatamente o seu médico se tiver febre,"),
        ("ja", "発熱、胸の痛みまたは"),
        ("zh_CN", "如果您出现发热、胸痛或"),
        ("ar", "أخبر طبيبك فورًا إذا أُصبت بالحمى أو"),
    ],
)
def test_an_end_in_the_middle_of_a_sentence_is_an_error(locale: str, target: str) -> None:
    assert said(SOURCE, target, locale) == [Severity.ERROR]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "It works.", "Es wirkt"),
        ("de", "Valid until", "Gültig bis"),
        ("fr", "Requested by", "Demandé par"),
        ("es", "Learn more about", "Más información sobre"),
        ("de", "The treatment is for patients with {name}.", "Die Behandlung ist für Patienten mit {name}"),
        ("ja", "Authentication and authorization", "認証と認可"),
        ("de", "Ask your doctor.{cite1}", "Fragen Sie Ihren Arzt{cite1}."),
        (
            "fr",
            "See the side effects (see below).",
            "Voir les effets indésirables (ci-dessous).",
        ),
    ],
)
def test_short_texts_and_ends_that_may_stand_pass(locale: str, source: str, target: str) -> None:
    assert said(source, target, locale) == []


def test_a_text_far_too_short_is_found_whatever_its_end() -> None:
    assert said(SOURCE, "Informieren Sie Ihren Arzt.", "de") == [Severity.WARNING]


def test_a_language_of_unknown_length_is_left_alone() -> None:
    assert said(SOURCE, "Szóljon", "hu") == []
