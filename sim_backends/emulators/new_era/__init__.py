"""Emulators of New Era Pump Systems instruments."""
