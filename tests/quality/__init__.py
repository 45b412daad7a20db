"""A corpus of correct medical FAQ translations, the defects a checker must find in them, and the scorer."""
