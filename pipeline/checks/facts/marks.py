"""marks: the signs of placeholders, tags and braces."""

from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import ATOM

PLACEHOLDER = Sign.among(ATOM)
TAG = Sign.among("<", Where.RAW)
BRACE = Sign.among("{}", Where.RAW)
