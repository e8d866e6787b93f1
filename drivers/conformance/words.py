"""What a docstring must say of physical quantities: a unit."""

from __future__ import annotations

import re

# One letter is a unit only where it stands like one: `in A`, `[s]`, `0.2 s`, `V or A`, `V/m`.
UNIT = re.compile(
    r"(?:\bin |\bof |\bor |\band |\bper |[\[(/,] ?|\d )`?(?:V|A|W|s|K|h|m|J|C)\b"
    r"|\b(?:Hz|Pa|kg|mm|um|nm|ohm|degC|eV|rad|SI|kWh|seconds?|hours?|volts?|amperes?|metres?)\b"
    r"|\b(?:fraction|dimensionless|run time|units?|relative)\b|%"
)
"""Finds a unit in a sentence."""
