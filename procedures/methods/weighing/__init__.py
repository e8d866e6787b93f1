"""Masses by balance, with air and water taken into account."""
