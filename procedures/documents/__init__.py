"""Dossiers of document indicators: read, checked, counted (docs/dossier.md)."""
