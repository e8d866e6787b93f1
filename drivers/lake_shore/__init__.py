"""Drivers of Lake Shore instruments."""
