"""Drivers of Vaisala instruments."""
