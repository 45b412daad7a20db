"""peers: the same work done with other tools, from the same text."""
