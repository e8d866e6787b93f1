"""Keller pressure transmitters."""
