"""Emulators of IPG Photonics instruments."""
