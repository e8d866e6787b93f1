"""Cells on a test bed, on one time: what acts on them is told, what becomes of them is asked.

The course is solved ahead in stretches of `STRETCH` s, on a grid of a second, and solved anew from
the time at which something else acts. Questions about the last minutes are answered from what is
kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from sim_backends.models.thermal_runaway import ZERO, Array, Cells, Drive
from sim_backends.models.vent_gas import Gas, Row

STRETCH, GRID = 120.0, 1.0
KEPT = 240.0
"""Seconds of the past about which questions are answered."""

CALM, COARSE = 2e-3, 10
"""Moles of gas made in a stretch up to which the room's air is followed in steps of so many seconds
(a jet needs 0.02 mol/s to burn)."""


@dataclass(slots=True)
class Piece:
    """A part of the course: `times` in s, `states` (times, 7, cells), `rows`; the gas at the
    `first` and at the `last` of its times."""

    times: Array
    states: Array
    rows: list[Row]
    first: Gas
    last: Gas


class AbuseBed:
    """`cells` at `charge` (0..1 each) from run time `t0` on; nothing acts on them yet. The last
    `keep` s are kept."""

    def __init__(
        self, cells: Cells, charge: Sequence[float], gas: Gas, t0: float, keep: float = KEPT
    ) -> None:
        self.cells, self._keep = cells, keep
        self._drive = self._wanted = Drive()
        self._since = t0
        start = cells.start(charge)
        self._pieces: deque[Piece] = deque()
        self._pieces.append(Piece(np.array([t0]), start[None], [gas.row], gas, gas))

    @property
    def wanted(self) -> Drive:
        """What acts from now on."""
        return self._wanted

    def act(
        self,
        t: float,
        *,
        short: float | None = None,
        current: float | None = None,
        plate: float | None = None,
    ) -> None:
        """From `t` on this acts; what is not named stays. Changes within a second are one."""
        given = {"short": short, "current": current, "plate": plate}
        new = replace(self._wanted, **{key: one for key, one in given.items() if one is not None})
        if new == self._wanted:
            return
        if self._wanted is self._drive or t - self._since >= GRID:
            self._reach(t)
            self._since = t
        self._wanted = new

    def state(self, t: float) -> Array:
        """The state at `t` in s, shape (7, cells)."""
        piece, index, part = self._place(t)
        if part == 0.0:
            return piece.states[index]
        return piece.states[index] * (1.0 - part) + piece.states[index + 1] * part

    def row(self, t: float) -> Row:
        """What is to be seen at `t` in s."""
        piece, index, _ = self._place(t)
        return piece.rows[index]

    def rows(self, times: Array) -> list[Row]:
        """What is to be seen at `times` in s, which rise; the first piece stands for all before."""
        self._reach(float(times[-1]))
        starts = np.array([piece.times[0] for piece in self._pieces])
        which = np.maximum(np.searchsorted(starts, times, side="right") - 1, 0)
        found: list[Row] = []
        for number in np.unique(which).tolist():
            piece = self._pieces[number]
            places = np.searchsorted(piece.times, times[which == number], side="right") - 1
            found += [piece.rows[index] for index in np.maximum(places, 0).tolist()]
        return found

    def celsius(self, cell: int, t: float) -> float:
        """Temperature of a cell in degC."""
        return float(self.state(t)[0, cell]) - ZERO

    def voltage(self, cell: int, t: float) -> float:
        """Voltage in V at a cell's terminals."""
        return float(self.voltages(t)[cell])

    def voltages(self, t: float) -> Array:
        """Voltages in V at the terminals of all cells."""
        cells, drive = self.cells, self._wanted if t >= self._since else self._drive
        open_circuit = cells.open_voltages(self.state(t))
        loss = drive.short * cells.resistance[0] / (1.0 + drive.short * cells.resistance[0])
        open_circuit[0] *= 1.0 - loss
        open_circuit[: cells.string] += drive.current * cells.resistance[: cells.string]
        return open_circuit

    def _place(self, t: float) -> tuple[Piece, int, float]:
        """Piece, index and part of the step after it, in which `t` lies."""
        self._reach(t)
        piece = next((one for one in reversed(self._pieces) if one.times[0] <= t), self._pieces[0])
        index = int(np.searchsorted(piece.times, t, side="right")) - 1
        if index < 0 or index + 1 >= len(piece.times):
            return piece, max(index, 0), 0.0
        step = piece.times[index + 1] - piece.times[index]
        return piece, index, float((t - piece.times[index]) / step)

    def _reach(self, t: float) -> None:
        """Solve until `t` at least, with what has come to act since."""
        if t > self._since and self._wanted is not self._drive:
            if not self._wanted.like(self._drive):
                self._extend(self._since)
                self._cut(self._since)
            self._drive = self._wanted
        self._extend(t)

    def _extend(self, t: float) -> None:
        while self._pieces[-1].times[-1] < t:
            self._pieces.append(self._stretch(self._pieces[-1]))
        while len(self._pieces) > 2 and self._pieces[1].times[0] < t - self._keep:
            self._pieces.popleft()

    def _cut(self, t: float) -> None:
        """Forget what was solved beyond `t`."""
        while len(self._pieces) > 1 and self._pieces[-1].times[0] >= t:
            self._pieces.pop()
        piece = self._pieces[-1]
        if piece.times[-1] <= t:
            return
        index = int(np.searchsorted(piece.times, t, side="right")) - 1
        part = (t - piece.times[index]) / (piece.times[index + 1] - piece.times[index])
        between = piece.states[index] * (1.0 - part) + piece.states[index + 1] * part
        times = np.append(piece.times[: index + 1], t)
        states = np.concatenate((piece.states[: index + 1], between[None]))
        self._pieces[-1] = self._filled(times, states, piece.first)

    def _stretch(self, before: Piece) -> Piece:
        start = float(before.times[-1])
        times: Array = start + GRID * np.arange(ceil(STRETCH / GRID) + 1, dtype=np.float64)
        return self._filled(
            times, self.cells.solve(before.states[-1], self._drive, times), before.last
        )

    def _filled(self, times: Array, states: Array, first: Gas) -> Piece:
        """The piece with its gas, which is `first` at its first time."""
        made = self.cells.gas(states)
        if first.is_still and float(np.sum(made[-1] - made[0])) < 1e-9:
            return Piece(times, states, [first.row] * len(times), first, first)
        gas, rows, last = first.copy(), [first.row], 0
        calm = not first.burning and float(np.sum(made[-1] - made[0])) < CALM
        for index in range(1, len(times)):
            if calm and index % COARSE and index + 1 < len(times):
                rows.append(rows[-1])
                continue
            fresh = np.maximum(made[index] - made[last], 0.0).tolist()
            if (step := float(times[index] - times[last])) > 0.0:
                gas.step(step, fresh, states[index, 0].tolist())
            rows.append(gas.row)
            last = index
        return Piece(times, states, rows, first, gas)
