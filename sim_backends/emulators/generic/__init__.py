"""Emulators of instruments of no particular maker."""
