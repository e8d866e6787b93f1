"""Alicat mass flow meters and controllers."""
