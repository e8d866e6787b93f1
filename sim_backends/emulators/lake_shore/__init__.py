"""Emulators of Lake Shore instruments."""
