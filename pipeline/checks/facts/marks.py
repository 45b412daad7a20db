"""marks: the signs of placeholders, tags and braces."""

import re

from pipeline.checks.signs import Sign
from pipeline.checks.subject import ATOM

PLACEHOLDER = Sign.of(re.compile(ATOM).search)
TAG = Sign.of(re.compile("<").search, raw=True)
ATTRIBUTE = Sign.of(re.compile(r"<[A-Za-z][A-Za-z0-9-]*+[^>]{2}").search, raw=True)
BRACE = Sign.of(re.compile("[{}]").search, raw=True)
