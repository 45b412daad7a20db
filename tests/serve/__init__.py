"""serve: the content API."""
