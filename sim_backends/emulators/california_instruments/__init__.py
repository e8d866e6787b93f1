"""Emulators of California Instruments sources (AMETEK Programmable Power)."""
