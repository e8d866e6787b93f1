"""Instruments of Gentec-EO."""
