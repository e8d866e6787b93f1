"""Procedures of field 9, laser technology and its applications."""
