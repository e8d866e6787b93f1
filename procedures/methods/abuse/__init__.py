"""Abuse tests: what drives a cell beyond its limits, and what is seen to follow."""
