"""Wafers under instruments that write files: surfaces, rocking curves, shapes."""
