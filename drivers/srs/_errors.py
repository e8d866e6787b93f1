"""Error bytes of an SRS RGA (operating manual, 6-69 on): what their bits say."""

from __future__ import annotations

from collections.abc import Mapping

COMMUNICATION, FILAMENT = 0, 1
"""Bits of STATUS."""

BYTES: Mapping[int, tuple[str, str]] = {
    6: ("EP", "24 V supply"),
    5: ("ED", "electrometer"),
    4: ("EQ", "mass filter"),
    3: ("EM", "electron multiplier"),
    FILAMENT: ("EF", "filament"),
    COMMUNICATION: ("EC", "communication"),
}
"""By the bit of STATUS: the query of the byte, and what it is about."""

TOO_HIGH = 5
"""Bit of the filament's byte: the pressure of the vacuum chamber is too high."""

BITS: Mapping[str, Mapping[int, str]] = {
    "EP": {7: "supply above 26 V", 6: "supply below 22 V"},
    "ED": {
        **{7: "test of the converter failed", 6: "+5 nA not read", 5: "-5 nA not read"},
        **{4: "+5 nA not compensated", 3: "-5 nA not compensated", 1: "offset out of range"},
    },
    "EQ": {7: "RF beyond its supply", 6: "primary current above 2 A", 4: "current limited"},
    "EM": {7: "no electron multiplier installed"},
    "EF": {
        **{7: "no filament detected", 6: "the emission current cannot be set"},
        **{TOO_HIGH: "the pressure of the vacuum chamber is too high", 0: "single filament"},
    },
    "EC": {
        **{6: "parameters in conflict", 5: "jumper protection", 4: "transmit buffer overwritten"},
        **{3: "receive buffer overwritten", 2: "command too long", 1: "bad parameter"},
        **{0: "bad command"},
    },
}


def words(query: str, byte: int) -> str:
    """What the byte that `query` reads says."""
    return ", ".join(text for bit, text in BITS[query].items() if byte >> bit & 1)
