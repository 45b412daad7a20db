"""model: the vocabulary of the project as frozen values; it imports nothing above it."""
