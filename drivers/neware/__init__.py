"""Drivers of Neware battery testers."""
