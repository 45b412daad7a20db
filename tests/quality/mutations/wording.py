"""What is said: not translated, half translated, in another language, cut short, turned into its opposite."""

import re

from tests.quality.corpus import PROTECTED, Case, replaced, sentences, words

# Simplified to Traditional, for characters whose conversion is plain in texts of this kind.
TRADITIONAL = str.maketrans(
    "疗卫专业为这页问题经应该对关细胞剂给药疗见严发现续压质组织检查试验医师国药监内总将统计数据单项选择显著临"
    "观响远损达缓变应统终结并过还进说请从两类观长级时间开后复溶输续积极体现场护监测确认评估调节权风险规处记"
    "录报导联系电话邮网页详线点击询议员历史岁龄儿统筛签约",
    "療衛專業為這頁問題經應該對關細胞劑給藥療見嚴發現續壓質組織檢查試驗醫師國藥監內總將統計數據單項選擇顯著臨"
    "觀響遠損達緩變應統終結並過還進說請從兩類觀長級時間開後復溶輸續積極體現場護監測確認評估調節權風險規處記"
    "錄報導聯繫電話郵網頁詳線點擊詢議員歷史歲齡兒統篩簽約",
)


def untranslated(case: Case) -> str | None:
    return case.source if len(words(case.source)) > 1 else None


def half_english(case: Case) -> str | None:
    """One sentence is left in English, or the second half of the only one."""
    ours, theirs = sentences(case.target), sentences(case.source)
    if len(ours) == len(theirs) > 1:
        long = [place for place, span in enumerate(theirs) if span[1] - span[0] > 12]
        place = case.pick(long, "english") or 0
        english = case.source[slice(*theirs[place])].strip()
        space = "" if place == 0 or case.language in ("ja", "zh_CN") else " "
        return replaced(case.target, ours[place], space + english)
    tokens = case.source.split(" ")
    spans = words(case.target)
    tail = " ".join(tokens[len(tokens) // 2 :])
    if len([span for span in words(tail) if span[1] - span[0] > 2]) < 4 or len(spans) < 2:
        return None
    if case.language in ("ja", "zh_CN"):
        commas = [match.end() for match in re.finditer("[、，]", case.target)]
        return case.target[: commas[0]] + tail if commas else None
    cut = spans[len(spans) // 2][0]
    kept = set(re.findall(r"\{\w+\}|<\w+>", case.target[:cut]))
    return None if any(mark in tail for mark in kept) else case.target[:cut] + tail


def wrong_language(case: Case) -> str | None:
    other = case.others[str(case.facts["sibling"])]
    ideographs = str(case.facts["sibling"]) in ("ja", "zh_CN")
    return other if (len(other) > 8 if ideographs else len(words(other)) > 2) else None


def traditional_chinese(case: Case) -> str | None:
    if case.language != "zh_CN":
        return None
    new = case.target.translate(TRADITIONAL)
    return new if sum(a != b for a, b in zip(new, case.target, strict=True)) >= 2 else None


def truncated(case: Case) -> str | None:
    if len(case.target) < (20 if case.language in ("ja", "zh_CN") else 40):
        return None
    cut = len(case.target) * 6 // 10
    for match in PROTECTED.finditer(case.target):
        if match.start() < cut < match.end():
            cut = match.start()
    if case.language not in ("ja", "zh_CN"):
        cut = max(case.target.rfind(" ", 0, cut), len(case.target) // 3)
    short = case.target[:cut].rstrip()
    closing = [tag for tag in re.findall(r"<(\w+)>", short) if f"</{tag}>" not in short]
    return short + "".join(f"</{tag}>" for tag in closing)


def sentence_missing(case: Case) -> str | None:
    spans = [span for span in sentences(case.target) if len(words(case.target[slice(*span)])) > 1]
    if len(spans) < 2:
        return None
    plain = [span for span in spans if not re.search(r"[{<\d]", case.target[slice(*span)])]
    span = case.pick(plain or spans, "missing")
    return span and replaced(case.target, span, "").strip()


def sentence_added(case: Case) -> str | None:
    """A sentence of another text follows: a promise that the English does not make."""
    if len(sentences(case.target)) > 2 or not case.source.endswith((".", "}")):
        return None
    extra = {
        "de": "Diese Behandlung ist für alle Patienten sicher und hat keine bekannten Risiken.",
        "es": "Este tratamiento es seguro para todos los pacientes y no tiene riesgos conocidos.",
        "fr": "Ce traitement est sûr pour tous les patients et ne comporte aucun risque connu.",
        "ja": "この治療はすべての患者にとって安全であり、既知のリスクは一切ありません。",
        "ar": "وهذا العلاج آمن لجميع المرضى ولا ينطوي على أي مخاطر معروفة.",
        "pt_BR": "Este tratamento é seguro para todos os pacientes e não tem riscos conhecidos.",
        "zh_CN": "该治疗对所有患者都是安全的，没有任何已知风险。",
        "pl": "To leczenie jest bezpieczne dla wszystkich pacjentów i nie wiąże się z żadnym znanym ryzykiem.",
    }[case.language]
    space = "" if case.language in ("ja", "zh_CN") else " "
    return f"{case.target}{space}{extra}"


def answer_flipped(case: Case) -> str | None:
    """Yes becomes No, or No becomes Yes, at the start of the answer."""
    yes, no = case.facts["yes"], case.facts["no"]
    for first, others in ((yes, no), (no, yes)):
        for word, other in zip(first, others, strict=True):
            if re.match(rf"{word}(?=[.,،。，、])", case.target) and re.match(r"(Yes|No)[.,]", case.source):
                return str(other) + case.target[len(word) :]
    return None


def negation_dropped(case: Case) -> str | None:
    if not re.search(r"\b(not|never|no)\b", case.source, re.IGNORECASE):
        return None
    for old, new in case.pairs("negations"):
        if old in case.target:
            return case.target.replace(old, new, 1)
    return None


def other_text(case: Case) -> str | None:
    """The translation of another text of the page, pasted into the wrong row. The caller gives it as a sibling."""
    return case.others.get("neighbour")
