"""Instruments that speak labctl line protocol 1 (docs/protocols/llp1.md)."""
