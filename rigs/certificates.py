"""The calibrations that a bench file states."""

from __future__ import annotations

from labctl.rehearsing import REFERENCE_CELL, Certificate
from rigs.bench import Bench


def certificates_of(bench: Bench) -> tuple[Certificate, ...]:
    """A row for every role, and one for the reference cell where there is one."""
    found = [
        Certificate(role, entry.certificate, entry.calibrated, entry.calibration_due)
        for role, entry in bench.roles.items()
    ]
    cell = bench.reference_cell
    if cell is not None:
        own = Certificate(REFERENCE_CELL, cell.certificate, cell.calibrated, cell.calibration_due)
        found.append(own)
    return tuple(found)
