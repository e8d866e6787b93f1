"""What stands on an oscilloscope at a point of common coupling: channels, probe and clamp."""

from __future__ import annotations

VOLTAGE, CURRENT, EVENT, MARKER = 1, 2, 3, 4
"""Channels: voltage and current of one phase, event output of the grid simulator, command marker of
the site controller."""

PROBE, CLAMP = 100.0, 0.01
"""Ratio of the voltage probe; volts per ampere of the clamp."""
