"""Drivers for Hioki instruments."""
