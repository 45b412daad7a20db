"""facts: what a text says, one module a topic; each fact is a function of a text, found once for all the rules."""
