"""Neware battery test systems."""
