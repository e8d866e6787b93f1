"""Drivers that import the files which an instrument's own software writes, one a format."""
