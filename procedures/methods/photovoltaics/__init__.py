"""Photovoltaic methods: light, current-voltage curves, maximum-power-point tracking."""
