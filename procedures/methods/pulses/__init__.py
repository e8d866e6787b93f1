"""Pulses of a laser: energy and shape of the same shots."""
