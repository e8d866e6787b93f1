"""Dimensions, areas and positions from calibrated pictures."""
