"""Procedures of field 6, micro and nano electronics."""
