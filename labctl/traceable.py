"""What evidence needs to be traceable: stated contributions, and calibrations that lasted."""

from __future__ import annotations

from typing import Literal

import msgspec


class Unstated(msgspec.Struct, frozen=True):
    """A contribution to the uncertainty that a figure needs and that is not stated.

    `by` says where it belongs: the bench file (`[[uncertainty]]`), the sample's sheet, or the
    driver's accuracy of an instrument. An agreement may waive it by its `name`.
    """

    name: str
    by: Literal["bench", "sample", "instrument"] = "bench"


class Calibrated(msgspec.Struct, frozen=True):
    """The calibration of the instrument `serial` in the role `role`, and when it was read.

    `calibrated` and `due` (the last day on which it is valid) are ISO dates in UTC, `due` is "" of
    a certificate that states none. `first` and `last` are the Unix times in s of the first and the
    last reading. `certificate` is its number, "" where there is none. `as_found` is "within" or
    "outside" of its specification as a later calibration found it, "" where none has.
    """

    role: str
    serial: str
    first: float
    last: float
    certificate: str = ""
    laboratory: str = ""
    calibrated: str = ""
    due: str = ""
    as_found: Literal["", "within", "outside"] = ""


class Override(msgspec.Struct, frozen=True):
    """Who let an item begin although a calibration ends before it, and for what `reason`."""

    by: str
    reason: str
