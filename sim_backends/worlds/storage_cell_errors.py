"""The true errors of one storage cell bench: what no instrument on it can see.

Each is drawn once a bench from a stream of its own, with the standard deviation that a careful
laboratory states. A bench file states its uncertainties without looking here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.worlds.drawing import drawn

SPREADS: dict[str, tuple[float, str]] = {
    "air_probe": (0.1, "K; Pt100 of class A beside the cell (IEC 60751)"),
    "case_probe": (0.2, "K; Pt100 under a pad on the case"),
    "place": (0.15, "K; air round the cell against the probe (IEC 60068-3-5)"),
    "mass_basis": (5e-4, "what hangs on the cell on the balance beside what counts as cell"),
}
"""Standard deviation of each error by name, with its reason."""

AIR, SEASON = (0.05, 5400.0), (0.03, 30 * 86400.0)
"""Changes of the air at the cell within hours and over months: standard deviation in K at points so
many s apart."""


@dataclass(frozen=True, slots=True)
class BenchErrors:
    """Errors that stay with a bench: of both probes and of the cell's `place` in K, `mass_basis` as
    a share of the mass."""

    air_probe: float
    case_probe: float
    place: float
    mass_basis: float


def draw(seed: int) -> BenchErrors:
    """The errors of the bench of `seed`."""
    return BenchErrors(**drawn(seed, "storage cell bench", SPREADS))
