"""What an item is handed of its request, its bench and what was done of it before."""

from __future__ import annotations

from labctl.indicator import Indicator
from labctl.item import Item, bands_of, set_points_of, wanted_of
from labctl.journal.standing import NOTHING
from labctl.labs import OpenBench
from labctl.landing import Landing
from labctl.requests import RunRequest
from labctl.sample import Sample


def item_of(
    request: RunRequest,
    indicator: Indicator,
    number: int,
    sample: Sample,
    bench: OpenBench,
    landing: Landing | None,
) -> Item:
    """The item `number` on `bench` as its procedure may see it, going on at `landing` if any."""
    done = NOTHING if landing is None else landing.standing
    held = landing is not None and landing.held
    return Item(
        number=number,
        id=indicator.id,
        kind=indicator.evidence,
        sample=sample,
        seed=request.seed,
        wanted=wanted_of(indicator),
        set_points=set_points_of(indicator),
        contributions=bench.contributions,
        bands=bands_of(indicator, request.agreement),
        draws=request.draws,
        points=request.points,
        bare=request.bare,
        certificates=(*done.certificates, bench.certificates),
        ambient=bench.ambient,
        distributions=bench.distributions,
        stored=done.stored,
        answered=done.answered,
        attempts=done.attempts,
        parts=done.parts,
        gaps=done.gaps,
        restored=bench.simulated and not held,
        rehearsed=None if landing is None else landing.rehearsed,
    )
