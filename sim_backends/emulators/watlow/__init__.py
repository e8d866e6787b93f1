"""Watlow process controllers."""
