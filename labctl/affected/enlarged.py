"""How wrong an instrument may have been, in units of the uncertainty that its readings were given.

The budget of a figure holds what the standard uncertainty of a reading makes of the figure. Which
error of reading makes how much of it is therefore a ratio: error over standard uncertainty, at the
reading where it is largest. Both are straight lines between the points of a table, so that the
largest ratio lies at a point or at an end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from labctl.affected.judging import RECTANGULAR
from labctl.affected.uses import Use
from labctl.calibration import Certificate
from labctl.evidence import Accuracy
from labctl.uncertainty.corrections import Curve, curve_for


@dataclass(frozen=True)
class Stated:
    """Errors of up to +-(`gain` x |reading| + `offset`), as somebody states them.

    `gain` is a plain fraction, `offset` in the unit of the readings. `function` is the one that
    they belong to, "" for all of the instrument's.
    """

    gain: float = 0.0
    offset: float = 0.0
    function: str = ""

    def error(self, accuracy: Accuracy, x: float) -> float:
        """The error of a reading `x`, in its unit; 0 of another function."""
        if self.function not in ("", accuracy.function):
            return 0.0
        return self.gain * abs(x) + self.offset

    def knots(self, accuracy: Accuracy) -> Sequence[float]:
        """Readings at which the error has a corner."""
        return (0.0,)


@dataclass(frozen=True)
class Found:
    """Errors as a certificate found them: its corrections with their expanded uncertainty."""

    certificate: Certificate

    def error(self, accuracy: Accuracy, x: float) -> float:
        """The same by the table of the line; infinite where the table does not reach."""
        curve = curve_for(self.certificate, accuracy)
        u = None if curve is None else _u(curve, x)
        if curve is None or u is None:
            return math.inf
        return abs(float(curve.correction(np.array([x]))[0])) + 2.0 * u

    def knots(self, accuracy: Accuracy) -> Sequence[float]:
        """The readings of the table."""
        curve = curve_for(self.certificate, accuracy)
        return () if curve is None else _points(curve)


Enlargement = Stated | Found


def bound(
    enlargement: Enlargement | None, own: Iterable[Use], certificate: Certificate | None
) -> float | None:
    """The largest ratio over all uses; None where nobody says how wrong the instrument was.

    `certificate` is the one that the readings were corrected by, None without. Infinite where
    error or uncertainty is not known at some reading.
    """
    if enlargement is None:
        return None
    return max((_ratio(enlargement, use, certificate) for use in own), default=0.0)


def certificate_of(known: Mapping[str, Certificate] | None, serial: str) -> Certificate | None:
    """The certificate of the instrument `serial` among those by role."""
    found = (one for one in (known or {}).values() if one.serial == serial)
    return next(found, None)


def _ratio(enlargement: Enlargement, use: Use, certificate: Certificate | None) -> float:
    """Error over standard uncertainty, where it is largest; 0 of a state without uncertainty."""
    accuracy = use.accuracy
    if accuracy is None:
        return 0.0
    curve = None if certificate is None else curve_for(certificate, accuracy)
    knots = (0.0, *enlargement.knots(accuracy), *(() if curve is None else _points(curve)))
    inner = [x for x in knots if use.low < x < use.high]
    return max(
        _over(enlargement.error(accuracy, x), _standard(accuracy, curve, x))
        for x in (use.low, *inner, use.high)
    )


def _standard(accuracy: Accuracy, curve: Curve | None, x: float) -> float:
    """Standard uncertainty of a reading `x`: the smaller of certificate and data sheet, since
    the ratio must not be too small."""
    sheet = (accuracy.gain * abs(x) + accuracy.offset) / RECTANGULAR
    certified = None if curve is None else _u(curve, x)
    return sheet if certified is None else min(sheet, certified)


def _points(curve: Curve) -> Sequence[float]:
    return cast("list[float]", curve.readings.tolist())


def _u(curve: Curve, x: float) -> float | None:
    """Standard uncertainty of the curve's correction of a reading `x`; None outside its points."""
    at = np.array([x])
    return float(curve.scale(at)[0]) * curve.shape.u if curve.covers(at)[0] else None


def _over(error: float, standard: float) -> float:
    if error == 0.0:
        return 0.0
    return error / standard if standard > 0 else math.inf
