"""The calibrations of instruments in time: which one a reading was taken under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from labctl.calibration.certificate import Certificate


@dataclass(frozen=True)
class Epochs:
    """`begins` are the instants of calibration (Unix time in s, ascending) by serial number,
    `certificates` the certificate of each."""

    begins: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    certificates: Mapping[tuple[str, float], Certificate] = field(
        default_factory=dict[tuple[str, float], Certificate]
    )


def epochs_of(stated: Iterable[Mapping[str, Certificate]]) -> Epochs:
    """The epochs of what a bench stated by role, once for each time it was opened.

    Of two certificates of one day that which was stated last counts. One without a day or without
    a serial number begins no epoch.
    """
    found: dict[tuple[str, float], Certificate] = {}
    for by_role in stated:
        for one in by_role.values():
            if one.serial and one.since is not None:
                found[one.serial, one.since] = one
    begins: dict[str, list[float]] = {}
    for serial, since in sorted(found):
        begins.setdefault(serial, []).append(since)
    return Epochs({serial: tuple(those) for serial, those in begins.items()}, found)
