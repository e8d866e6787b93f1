"""Precision of in-situ methods in time and place, against references."""
