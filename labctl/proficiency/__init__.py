"""The blind proficiency test: a procedure proves that it measures (METROLOGY.md)."""
