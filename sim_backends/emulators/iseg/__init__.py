"""Instruments of iseg Spezialelektronik."""
