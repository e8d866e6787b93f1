"""Bronkhorst flow controllers."""
