"""Contributions that a figure needs and that nobody stated: waived by name, or missing."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.agreement import Agreement, Waiver
from labctl.traceable import Unstated

WHERE = {
    "bench": "state it in the bench file as [[uncertainty]]",
    "sample": "state it in the sample's sheet",
    "instrument": "state it in the instrument's driver",
}
"""Where each kind of contribution belongs."""


def waivers(unstated: Sequence[Unstated], agreement: Agreement) -> tuple[Waiver, ...]:
    """The waivers of the agreement that the verdict makes use of, each once."""
    found = (agreement.waiver_of(one.name) for one in unstated)
    return tuple(dict.fromkeys(waiver for waiver in found if waiver is not None))


def not_stated(unstated: Sequence[Unstated], agreement: Agreement) -> tuple[str, ...]:
    """What is missing and not waived, in words, with the remedy."""
    missing = dict.fromkeys(one for one in unstated if agreement.waiver_of(one.name) is None)
    return tuple(
        f"{one.name} is not stated: {WHERE[one.by]}, or waive it in the agreement"
        for one in missing
    )
