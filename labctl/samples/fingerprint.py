"""Fingerprints: quick, harmless quantities that tell the samples of a bench apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol, runtime_checkable

import msgspec

from labctl.quantity import Quantity
from labctl.sample import Sample

Occasion = Literal["start", "resume", "hold"]
"""When a sample is recognised: before the first step, after an interruption, after a hold."""


class Band(msgspec.Struct, frozen=True):
    """From `low` to `high` about a reference: shares of it, or with a `unit` differences in it."""

    low: float
    high: float
    unit: str = ""


class Bands(msgspec.Struct, frozen=True):
    """How far a quantity of one sample may lie from its reference.

    `still`: nothing was done to the sample in between but measuring it. `aged`: an exposure, or
    another run, lies in between.
    """

    still: Band
    aged: Band


@runtime_checkable
class Fingerprinting(Protocol):
    """A rig that can take a fingerprint of its sample."""

    async def fingerprint(self, sample: Sample) -> Mapping[str, Quantity]:
        """Quantities by name, with standard uncertainties, of what is in place.

        `sample` is the sheet of the sample that should be. It is called on a bench that is in its
        safe or its hold state, and leaves it so. What cannot be measured is left out.
        """
        ...

    def fingerprint_bands(self) -> Mapping[str, Bands]:
        """By name, the bands of those quantities that are compared; others are only told."""
        ...


class Fingerprint(msgspec.Struct, frozen=True):
    """A fingerprint taken at run time `t` in s, Unix time `utc` in s.

    `reference` is what it was compared with: `against` "sheet", "this item", the id of a run, or ""
    where there was nothing. `told` says in words what does not match.
    """

    utc: float
    t: float
    occasion: Occasion
    values: dict[str, Quantity]
    reference: dict[str, Quantity] = {}
    against: str = ""
    matches: bool = True
    told: tuple[str, ...] = ()


def last_match(taken: Sequence[Fingerprint]) -> Fingerprint | None:
    """The newest of them that is the sample's; None where there is none."""
    return next((one for one in reversed(taken) if one.matches), None)
