"""glossaries: a small glossary for the rules that read one."""

from pipeline.model.glossary import Glossary
from pipeline.sources.glossary import read_glossary

_TEXT = """
[[name]]
text = "Proleukin"
inflections = { pl = ["Proleukin", "Proleukinu", "Proleukinem"] }
[[name]]
text = "IL-2"
[[name]]
text = "mRCC"
[[name]]
text = "ECOG"
[[name]]
text = "CLS"
[[name]]
text = "Eastern Cooperative Oncology Group"
[[term]]
text = "capillary leak syndrome"
[term.translations]
de = ["Kapillarlecksyndrom"]
es = ["síndrome de fuga capilar"]
fr = ["syndrome de fuite capillaire"]
ja = ["毛細血管漏出症候群"]
ar = ["متلازمة تسرب الشعيرات الدموية"]
zh_CN = ["毛细血管渗漏综合征"]
[term.forbidden]
de = ["Kapillarleck-Krankheit", "Kapillarleck"]
[[term]]
text = "melanoma"
[term.translations]
de = ["Melanom"]
pl = ["czerniak"]
[[term]]
text = "metastatic melanoma"
[term.translations]
de = ["metastasiertes Melanom"]
pl = ["czerniak z przerzutami"]
ar = ["الورم الميلانيني النقيلي"]
[[term]]
text = "side effect"
[term.translations]
de = ["Nebenwirkung"]
es = ["efecto secundario"]
fr = ["effet indésirable"]
pl = ["działanie niepożądane"]
pt_BR = ["efeito colateral"]
[[term]]
text = "therapy"
[term.translations]
de = ["Therapie"]
"""


def glossary() -> Glossary:
    return read_glossary(_TEXT.encode(), "glossary.toml")
