"""What makes a comparison of times void, and what of the link is taken off whose time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from labctl.uncertainty import MonteCarlo
from procedures.methods.caching.speedup import UNFIT, UNRESOLVED, WORSE, Timed, ratio, void
from procedures.methods.caching.turns import BLOCKS

QUERIES = 1000
ROLES = ("system", "spyglass", "smartstore")


def timed(
    quick: float = 1e-3,
    links: Sequence[float] = (1e-4, 1e-4, 1e-4),
    right: Sequence[float] = (0.99, 0.98, 0.98),
) -> Timed:
    """Blocks without scatter: 100 ms and 200 ms of the baselines beside `quick` s of the system,
    each with its own of `links`; the first `right` parts of the queries are answered right."""
    seconds = dict(zip(ROLES, (quick, 0.1, 0.2), strict=True))
    apart = {role: seconds[role] + link for role, link in zip(ROLES, links, strict=True)}
    good = {
        role: np.arange(QUERIES) < QUERIES * part for role, part in zip(ROLES, right, strict=True)
    }
    return Timed(
        {role: [one] * BLOCKS for role, one in apart.items()},
        {role: [link] * 8 for role, link in zip(ROLES, links, strict=True)},
        good,
    )


def figure(of: Timed, role: str) -> float:
    mc = MonteCarlo(50, 1)
    return mc.figure(ratio(mc, of, role), "dimensionless").value


def test_the_link_s_part_is_taken_off() -> None:
    assert figure(timed(), "spyglass") == pytest.approx(100.0)
    assert figure(timed(), "smartstore") == pytest.approx(200.0)


def test_a_program_that_dawdles_over_null_requests_gains_nothing() -> None:
    """The system's own null requests are slow by as much as its queries take: were they taken off,
    its time would vanish."""
    honest, sly = timed(), timed(links=(1e-3, 1e-4, 1e-4))
    sly = Timed({**sly.seconds, "system": honest.seconds["system"]}, sly.nulls, sly.right)
    assert figure(sly, "spyglass") == pytest.approx(figure(honest, "spyglass"))


def test_a_baseline_with_a_slow_link_is_not_held_to_be_slow() -> None:
    assert figure(timed(links=(1e-4, 0.05, 1e-4)), "spyglass") == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (timed(quick=0.9e-4), (UNRESOLVED,)),
        (timed(right=(0.9, 0.98, 0.98)), (WORSE, WORSE)),
        (timed(right=(0.9, 0.98, 0.5)), (WORSE, UNFIT)),
        (timed(right=(0.0, 0.98, 0.98)), (UNFIT, WORSE, WORSE)),
        (timed(right=(0.975, 0.98, 0.98)), ()),
        (timed(quick=1.1e-4), ()),
    ],
)
def test_what_is_void(given: Timed, says: tuple[str, ...]) -> None:
    assert tuple(one.template for one in void(given)) == says
