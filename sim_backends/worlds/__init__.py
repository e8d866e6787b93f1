"""Worlds: models wired together and touched through ports, one module a bench."""
