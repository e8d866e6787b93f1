"""Hioki battery testers."""
