"""How the truth at a port of the bench `reference` is told."""

from __future__ import annotations

Truth = dict[str, tuple[float, str]]
"""What an ideal instrument would read at one port, as {quantity: (value, unit)}."""
