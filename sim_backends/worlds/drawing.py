"""True errors of a bench, drawn around 0."""

from __future__ import annotations

from collections.abc import Mapping

from sim_backends.streams import stream


def drawn(seed: int, bench: str, spreads: Mapping[str, tuple[float, str]]) -> dict[str, float]:
    """One error of each of `spreads` (standard deviation in the error's own unit, and its reason),
    by name: each of a stream of its own of `bench` with this `seed`, normally distributed."""
    return {
        name: std * float(stream(seed, bench, name).standard_normal())
        for name, (std, _) in spreads.items()
    }
