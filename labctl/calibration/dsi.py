"""Units as a D-SI file writes them (`\\milli\\volt`), in labctl's spelling (`mV`).

Identifiers are those of the guide to the D-SI, version 1.3, appendices A and B (10.5281/zenodo.
3522631): `\\one` is 1, `\\tothe{n}` raises what stands before it, `\\per` divides by what follows.
"""

from __future__ import annotations

import re

PREFIXES = {
    **{"deca": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T"},
    **{"peta": "P", "exa": "E", "deci": "d", "centi": "c", "milli": "m", "micro": "u"},
    **{"nano": "n", "pico": "p", "femto": "f", "atto": "a"},
}

UNITS = {
    **{"metre": "m", "kilogram": "kg", "gram": "g", "second": "s", "ampere": "A"},
    **{"kelvin": "K", "mole": "mol", "candela": "cd", "one": "dimensionless"},
    **{"day": "day", "hour": "h", "minute": "min", "degree": "degree"},
    **{"arcminute": "arcminute", "arcsecond": "arcsecond", "radian": "rad", "steradian": "sr"},
    **{"hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W", "coulomb": "C"},
    **{"volt": "V", "farad": "F", "ohm": "ohm", "siemens": "S", "weber": "Wb", "tesla": "T"},
    **{"henry": "H", "degreecelsius": "degC", "lumen": "lm", "lux": "lx", "becquerel": "Bq"},
    **{"gray": "Gy", "sievert": "Sv", "katal": "kat", "litre": "L", "tonne": "tonne"},
    **{"electronvolt": "eV", "bar": "bar", "percent": "%"},
}

_FACTOR = re.compile(
    r"(?P<per>\\per(?![A-Za-z]))?"
    rf"(?:\\(?P<prefix>{'|'.join(PREFIXES)})(?![A-Za-z]))?"
    rf"\\(?P<unit>{'|'.join(UNITS)})(?![A-Za-z])"
    r"(?:\\tothe\{(?P<power>[^{}]*)\})?"
)


class UnknownUnit(ValueError):
    """A text that is no unit of the D-SI, or none that is read here."""


def unit_of(text: str) -> str:
    """The unit `text` in labctl's spelling; `UnknownUnit` says what is wrong."""
    factors: list[str] = []
    at = 0
    while at < len(text):
        found = _FACTOR.match(text, at)
        if found is None:
            raise UnknownUnit(f"{text[at:]!r} of the unit {text!r} is not known in the D-SI")
        if found["unit"] != "one":
            factors.append(_factor(found, text))
        at = found.end()
    if not text:
        raise UnknownUnit("the unit is empty; one without dimension is \\one")
    return "*".join(factors) or "dimensionless"


def _factor(found: re.Match[str], text: str) -> str:
    try:
        power = float(found["power"] or "1") * (-1 if found["per"] else 1)
    except ValueError as error:
        raise UnknownUnit(f"{found['power']!r} in {text!r} is no exponent") from error
    unit = (PREFIXES[found["prefix"]] if found["prefix"] else "") + UNITS[found["unit"]]
    return unit if power == 1.0 else f"{unit}**{power:g}"
