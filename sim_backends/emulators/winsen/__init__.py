"""Winsen gas sensor modules."""
