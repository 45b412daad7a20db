"""tests of pipeline/exporters."""
