"""Instruments of Ophir Optronics."""
