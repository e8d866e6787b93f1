"""Emulators of the site controller SITE1 (docs/protocols/site1.md)."""
