"""How units, rules and numbers of the map are written for a reader.

The map spells units as pint does (`W/m**2`); print follows ISO 80000-1 (`W/m²`).
"""

from __future__ import annotations

import re

from labctl.i18n import _
from labctl.indicator import Condition, Criterion, Limit
from labctl.words import Words, said

_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "==": "=", "about": "≈", "set": ""}
_UNITS = {
    "degC": "°C",
    "deg": "°",
    "ohm": "Ω",
    "yuan": "CNY",
    "dimensionless": "",
    "delta_degC": "K",
}
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def unit_text(unit: str) -> str:
    """A unit of the map as print has it: `mW/cm²`, `°C`, `mA·h/g`; dimensionless is empty."""
    text = re.sub(r"\*\*\s*(-?\d+)", lambda power: power[1].translate(_SUPERSCRIPT), unit)
    text = re.sub(r"[A-Za-z_]+", lambda name: _UNITS.get(name[0], name[0]), text)
    text = re.sub(r"\bu(?=[A-Z]|m\b|s\b|g\b|mol\b)", "μ", text)
    return text.replace("*", "·").replace("_", " ")


def sentence(words: Words) -> str:
    """A sentence of the evidence in the current language."""
    return said(words, _)


def typeset(text: str) -> str:
    """Plain text of a record with the signs that print has: `±`, `°C`, `m²`."""
    text = re.sub(r"\bdegC\b", "°C", text.replace("+-", "±"))
    return re.sub(r"\b([cm]?m)([23])\b", lambda m: m[1] + m[2].translate(_SUPERSCRIPT), text)


def number(value: float) -> str:
    """A number as short as it is exact to ten digits."""
    return signs(f"{value:.10g}")


def signs(text: str) -> str:
    """A number's text with a true minus sign and its power of ten written out."""
    mantissa, _e, exponent = text.partition("e")
    if exponent:
        mantissa += f"×10{str(int(exponent)).translate(_SUPERSCRIPT)}"
    return mantissa.replace("-", "−")


def with_unit(text: str, unit: str) -> str:
    """`text` and the unit behind it, with a space except before an angle's degree sign."""
    shown = unit_text(unit)
    if not shown:
        return text
    return text + shown if shown == "°" else f"{text} {shown}"


def rule(op: str, limit: Limit, unit: str, tolerance: float | None = None, better: str = "") -> str:
    """A criterion's or condition's rule: `≥ 20 %`, `1 … 3 V`, `±2 %`, `(1000 ± 20) h`.

    The op `set` writes a set point without a sign. `better` ("higher", "lower") says that only
    that side of a tolerance counts.
    """
    if op == "present":
        return _("shown to be there")
    if isinstance(limit, (tuple, list)):
        low, high = (number(float(end)) for end in limit)
        window = with_unit(f"{low} … {high}", unit)
        return _("covers {window}").format(window=window) if op == "covers" else window
    if limit is None:
        return ""
    if op == "within":
        return with_unit(f"±{number(limit)}", unit)
    text = f"{_SIGNS.get(op, op)} {number(limit)}".strip()
    if tolerance is None:
        return with_unit(text, unit)
    if better:
        sign, end = ("≥", limit - tolerance) if better == "higher" else ("≤", limit + tolerance)
        return f"{with_unit(text, unit)} ({with_unit(f'{sign} {number(end)}', unit)})"
    return with_unit(f"({text} ± {number(tolerance)})", unit)


def criterion_rule(criterion: Criterion) -> str:
    """The rule of a criterion for a reader."""
    row = criterion
    return rule(row.op, row.value, row.unit, row.tolerance, row.better)


def condition_rule(condition: Condition) -> str:
    """What a condition demands: its rule, or its words."""
    if condition.in_words:
        return condition.text
    return rule(condition.op, condition.value, condition.unit, condition.tolerance)
