"""Carrying out analyses of imported files (`labctl.analysis` is what they are written against)."""
