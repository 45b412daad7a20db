"""tests of pipeline/cli."""
