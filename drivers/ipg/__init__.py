"""Instruments of IPG Photonics."""
