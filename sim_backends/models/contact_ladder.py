"""A transmission-line structure: ohmic contacts in a row on a sheet, with gaps of rising length.

Two contacts next to each other over a gap d of width W: R = Rs d / W + Ra + Rb, Ra and Rb being the
resistances of the contacts, which are long against the transfer length (H. Berger, Solid-State
Electron. 15 (1972) 145; D. Schroder, Semiconductor Material and Device Characterization, 3rd ed.,
section 3.4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim_backends.data.gallium_oxide import (
    CONTACT_PER_KELVIN,
    HOME_TEMPERATURE,
    SHEET_PER_KELVIN,
)


@dataclass(frozen=True, slots=True)
class ContactLadder:
    """`sheet` resistance in ohm; `contact` resistance times width in ohm m, the mean of all
    contacts, of which each is `pads` times it; `gaps` and `width` in m."""

    sheet: float
    contact: float
    pads: tuple[float, ...]
    gaps: tuple[float, ...]
    width: float


def resistance(ladder: ContactLadder, gap: int, temperature: float, wider: float = 0.0) -> float:
    """Resistance in ohm over gap `gap` (from 0), all gaps being `wider` by so many m."""
    warmer = temperature - HOME_TEMPERATURE
    sheet = ladder.sheet * (1.0 + SHEET_PER_KELVIN * warmer)
    pads = ladder.pads[gap] + ladder.pads[gap + 1]
    contact = ladder.contact * (1.0 + CONTACT_PER_KELVIN * warmer)
    return (sheet * (ladder.gaps[gap] + wider) + contact * pads) / ladder.width


def with_contact(ladder: ContactLadder, contact: float) -> ContactLadder:
    """`ladder` whose contacts have `contact` in ohm m."""
    return replace(ladder, contact=contact)
