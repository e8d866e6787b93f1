"""A bank of the hybrid bench as its management system's communication touches it (BankPort)."""

from __future__ import annotations

import numpy as np

from sim_backends.models.bank_cell import BankCell
from sim_backends.models.battery_pack import Array
from sim_backends.models.charge_estimator import ChargeEstimator
from sim_backends.models.hybrid_ports import BankSheet, BankTold
from sim_backends.models.storage_bank import StorageBank
from sim_backends.streams import stream
from sim_backends.worlds.hybrid_scene import Scene

HOT_ALARM, HOT, HIGH_ALARM, LOW_ALARM = 1, 2, 9, 11
"""Bits of Evt1 of SunSpec model 802."""

HOT_AT, COOL_AT, WARM_AT = 55.0, 50.0, 45.0
"""degC of the warmest cell at which a bank alarms, does no longer, and warns."""

BEYOND = 0.05
"""V beyond a cell's limit at which a bank alarms."""


class HybridBank:
    """Bank `number`, from 0, of `scene`. Each cell lies a little off the mean: in capacity from the
    weakest up, in voltage by its sensor, in warmth by its place."""

    def __init__(self, scene: Scene, number: int, seed: int) -> None:
        self._scene, self._number = scene, number
        self._hot = False
        design = scene.plant.design.banks[number]
        self._curve = np.array(design.cell.curve).T
        rng = stream(seed, "hybrid bank", str(number))
        off = np.sort(np.abs(rng.standard_normal(design.cells)))
        places = rng.permutation(design.cells)
        self._more = (off / off.max() * 2.0 * design.weakness)[places]
        self._sensors = 1e-3 * rng.standard_normal(design.cells)
        self._warmth = np.linspace(-1.0, 1.0, design.modules) * design.hotter

    @property
    def _bank(self) -> StorageBank:
        return self._scene.plant.banks[self._number]

    @property
    def _estimator(self) -> ChargeEstimator:
        return self._scene.plant.estimators[self._number]

    @property
    def rated(self) -> BankSheet:
        """The nameplate."""
        design = self._scene.plant.design.banks[self._number]
        return BankSheet(
            cells=design.cells,
            modules=design.modules,
            capacity=design.cell.capacity,
            energy=design.energy,
            power=design.converter.rated,
            low=design.cell.low,
            high=design.cell.high,
            current=design.converter.current,
            maker=design.maker,
        )

    def told(self, t: float) -> BankTold:
        """What the management system knows at `t`."""
        scene, bank, estimator = self._scene, self._bank, self._estimator
        scene.glance(t)
        current = scene.plant.currents[self._number]
        mean = bank.voltage(current) / bank.design.cells
        cells = estimator.sensed_voltage(mean, t) + self._apart(bank) + self._sensors
        return BankTold(
            voltage=float(cells.sum()),
            current=estimator.sensed_current(current, t),
            cells=cells,
            modules=bank.celsius + self._warmth,
            charge=estimator.charge,
            health=estimator.capacity / bank.design.cell.capacity,
            throughput=bank.passed,
            alarms=self._alarms(bank, current),
            warnings=frozenset({HOT} if bank.warmest() > WARM_AT else ()),
        )

    def _apart(self, bank: StorageBank) -> Array:
        """V by which each cell lies off the mean one: by its own state of charge."""
        x, y = self._curve
        each = bank.weakest * (1.0 + self._more)
        volts = np.interp(1.0 - bank.drawn / each, x, y)
        return volts - float(np.interp(1.0 - bank.drawn / bank.capacity, x, y))

    def _alarms(self, bank: StorageBank, current: float) -> frozenset[int]:
        cell: BankCell = bank.design.cell
        self._hot = bank.warmest() > (COOL_AT if self._hot else HOT_AT)
        found = (
            (HOT_ALARM, self._hot),
            (HIGH_ALARM, bank.highest(current) > cell.high + BEYOND),
            (LOW_ALARM, bank.lowest(current) < cell.low - BEYOND),
        )
        return frozenset(bit for bit, is_so in found if is_so)

    def connect(self, closed: bool, t: float) -> None:
        """Close or open the contactor; open, the controller stops."""
        self._scene.advance(t)
        self._scene.plant.closed[self._number] = closed
        if not closed:
            self._scene.control.hold()

    def connected(self) -> bool:
        """Whether the contactor is closed."""
        return self._scene.plant.closed[self._number]
