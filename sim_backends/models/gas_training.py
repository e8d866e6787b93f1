"""The log of a laboratory that has exposed other arrays of a production to known gases.

Each array is read in clean air and, a minute later, in what is offered; gas, amount and humidity of
each exposure are drawn at random. It is read at rest, by the films' own law, with its noise, its
drift in between, and what cylinders and flows are off.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim_backends.data import gas_identification as data
from sim_backends.data.gas_sensing import DRIFT, DRIFT_TIME, GASES
from sim_backends.models.gas_array import MIDDLE
from sim_backends.models.gas_patterns import ArrayDesign, CoveredArray, answered
from sim_backends.models.logged import Channel, Log
from sim_backends.streams import stream

Array = NDArray[np.float64]

INTERVAL = 240.0
"""s from one exposure to the next."""

CYLINDER = 0.01
"""Relative: how true what that laboratory's cylinders hold is."""

METHOD = (
    "gas: 0 for clean air, then 1 CO, 2 CH4, 3 C2H4, 4 C2H6, 5 C3H6, 6 H2; amount as offered; "
    "humidity of the air; air n and film n: conductance of film n before the exposure and in it"
)


class TrainingLog:
    """What that laboratory wrote of the production of `design` with the `number` of its making;
    fits `LogPort`. Channels are named `<array>/<column>`."""

    def __init__(self, design: ArrayDesign, number: int) -> None:
        self._design, self._number = design, number

    def log(self, t: float) -> Log:
        """All exposures of all arrays, the same whenever it is asked for."""
        rng = stream(self._number, "training batch")
        cylinders = 1.0 + CYLINDER * rng.standard_normal(len(GASES))
        channels: list[Channel] = []
        for n in range(data.ARRAYS):
            serial = f"SIM-{self._number % 10**6:06d}-{n + 1:02d}"
            channels += _exposed(self._design.made(rng), serial, cylinders, rng)
        return Log(tuple(channels), INTERVAL, "labctl", "GSB-1", METHOD)


def _exposed(
    array: CoveredArray, serial: str, cylinders: Array, rng: np.random.Generator
) -> list[Channel]:
    labels = np.repeat(np.arange(len(GASES) + 1), (data.BLANKS, *(data.EXPOSURES for _ in GASES)))
    rng.shuffle(labels)
    count = len(labels)
    least, most = np.log(data.OFFERED)
    stated = np.where(labels > 0, np.exp(rng.uniform(least, most, count)), 0.0)
    wet = rng.uniform(*data.WET, count)
    gases = np.maximum(labels - 1, 0)
    amounts = stated * cylinders[gases] * (1.0 + data.FLOWS * rng.standard_normal(count))
    answers = np.ones((count, len(array.shared)))
    for gas in range(len(GASES)):
        rows = labels == gas + 1
        answers[rows] = answered(array, gas, amounts[rows], wet[rows])
    air, films = _read(array, answers, wet, rng)
    columns = {"gas": labels.astype(float), "amount": stated, "humidity": 100.0 * wet}
    units = {"gas": "dimensionless", "amount": "umol/mol", "humidity": "%"}
    columns |= {f"air {n + 1}": air[:, n] for n in range(air.shape[1])}
    columns |= {f"film {n + 1}": films[:, n] for n in range(films.shape[1])}
    return [
        Channel(f"{serial}/{name}", units.get(name, "S"), column)
        for name, column in columns.items()
    ]


def _read(
    array: CoveredArray, answers: Array, wet: Array, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Conductances in S in air and in what is offered, both (exposures, films)."""
    plain, shape = array.plain, answers.shape
    clean = np.array(plain.conductances) * np.exp(np.outer(wet - MIDDLE, plain.water))
    slow = DRIFT * rng.standard_normal(shape)
    left = np.exp(-data.LAPSE / DRIFT_TIME)
    later = left * slow + DRIFT * np.sqrt(1.0 - left**2) * rng.standard_normal(shape)

    def noise() -> Array:
        return 1.0 + np.array(plain.noise) * rng.standard_normal(shape)

    return clean * (1.0 + slow) * noise(), clean * answers * (1.0 + later) * noise()
