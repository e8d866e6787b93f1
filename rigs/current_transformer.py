"""A calibrated transducer of current between a circuit and a meter: a thing without a line."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.quantity import Quantity
from labctl.rehearsing import DC_TRANSDUCER, TRANSFORMER

TRANSDUCERS = (TRANSFORMER, DC_TRANSDUCER)
"""Fields of rigs, and tables of bench files, that state one."""


@dataclass(frozen=True)
class CurrentTransformer:
    """A current transformer, or several alike of one certificate, by their `serial`.

    `ratio` is primary over secondary current, dimensionless, with its standard uncertainty;
    `certificate` names where it comes from. The error of phase is a contribution of the bench.
    """

    serial: str
    ratio: Quantity
    certificate: str
