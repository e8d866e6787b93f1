"""Exposures between two readings of the same figure: light, bending."""
