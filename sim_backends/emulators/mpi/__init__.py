"""Instruments of MPI Corporation."""
