"""Beam propagation: caustics of a laser behind a focusing mirror (ISO 11146-1)."""
