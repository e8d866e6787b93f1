"""Procedures of field 1, new energy."""
