"""Vaisala gas probes."""
