"""Simulated samples: drawn around a kind, solved for a figure, with a sheet from their maker."""
