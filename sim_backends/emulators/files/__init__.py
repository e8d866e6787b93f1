"""Instruments whose own software writes result files; one module a format."""
