"""Procedures of field 5, hydrogen."""
