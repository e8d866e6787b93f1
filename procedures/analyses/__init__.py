"""Analyses of imported files: what `labctl analyse` offers, one module each."""
