"""Procedures of field 2, energy storage."""
