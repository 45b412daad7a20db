"""tests of pipeline/checks."""
