"""The defects, a file for each family. Each gives the spoilt translation of a case, or None where it does not apply."""
