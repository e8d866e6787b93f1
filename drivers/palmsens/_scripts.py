"""The scripts that an EmStat Pico is given: text alone, no line.

The forms are those of the maker's own examples (PalmSens/MethodSCRIPT_Examples): CA, CV with
`nscans`, LSV, SWV, EIS and OCP.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drivers.codecs.methodscript import literal

LOW_SPEED, HIGH_SPEED, GALVANOSTAT = 2, 3, 6
"""Modes of `set_pgstat_mode`."""


@dataclass(frozen=True)
class Setup:
    """How the potentiostat stands: mode, bandwidth in Hz, potentials in V, and `largest`, the
    current in A that its range must hold."""

    mode: int
    bandwidth: float
    lowest: float
    highest: float
    largest: float

    def lines(self) -> list[str]:
        """The settings, current range fixed."""
        full = literal(self.largest)
        return [
            "set_pgstat_chan 0",
            f"set_pgstat_mode {self.mode}",
            f"set_max_bandwidth {literal(self.bandwidth)}",
            f"set_range_minmax da {literal(self.lowest)} {literal(self.highest)}",
            f"set_range ba {full}",
            f"set_autoranging ba {full} {full}",
        ]


def _script(variables: Sequence[str], lines: Sequence[str], *, off: bool = True) -> str:
    """A whole script to be run at once; with `off` the cell is off at its end, whatever happens."""
    finish = ["on_finished:", "cell_off"] if off else []
    return "\n".join(["e", *(f"var {name}" for name in variables), *lines, *finish, "", ""])


def _packages(names: Sequence[str]) -> list[str]:
    return ["pck_start", *(f"pck_add {name}" for name in names), "pck_end"]


def _loop(setup: Setup, begin: float, loop: str) -> str:
    """A script with the one measuring `loop`, which starts at `begin` in V."""
    return _script(
        ["t", "p", "c"],
        [
            *setup.lines(),
            f"set_e {literal(begin)}",
            "cell_on",
            "timer_start",
            loop,
            "timer_get t",
            *_packages(["t", "p", "c"]),
            "endloop",
        ],
    )


def cyclic(
    setup: Setup, begin: float, vertices: tuple[float, float], step: float, rate: float, scans: int
) -> str:
    """Cyclic voltammetry: potentials and `step` in V, `rate` in V/s."""
    numbers = " ".join(literal(value) for value in (begin, *vertices, step, rate))
    repeated = f" nscans({scans})" if scans > 1 else ""
    return _loop(setup, begin, f"meas_loop_cv p c {numbers}{repeated}")


def linear(setup: Setup, begin: float, end: float, step: float, rate: float) -> str:
    """Linear sweep voltammetry: potentials and `step` in V, `rate` in V/s."""
    numbers = " ".join(literal(value) for value in (begin, end, step, rate))
    return _loop(setup, begin, f"meas_loop_lsv p c {numbers}")


def amperometry(setup: Setup, potential: float, interval: float, duration: float) -> str:
    """Chronoamperometry: `potential` in V, `interval` and `duration` in s."""
    numbers = " ".join(literal(value) for value in (potential, interval, duration))
    return _loop(setup, potential, f"meas_loop_ca p c {numbers}")


def potentiometry(setup: Setup, current: float, interval: float, duration: float) -> str:
    """Chronopotentiometry: `current` in A, `interval` and `duration` in s."""
    numbers = " ".join(literal(value) for value in (current, interval, duration))
    return _script(
        ["t", "p", "c"],
        [
            "set_pgstat_chan 0",
            f"set_pgstat_mode {GALVANOSTAT}",
            f"set_max_bandwidth {literal(setup.bandwidth)}",
            f"set_range db {literal(setup.largest)}",
            f"set_i {literal(current)}",
            "cell_on",
            "timer_start",
            f"meas_loop_cp p c {numbers}",
            "timer_get t",
            *_packages(["t", "p", "c"]),
            "endloop",
        ],
    )


def square_wave(
    setup: Setup, begin: float, end: float, step: float, amplitude: float, frequency: float
) -> str:
    """Square wave voltammetry: potentials, `step` and `amplitude` in V, `frequency` in Hz."""
    numbers = " ".join(literal(value) for value in (begin, end, step, amplitude, frequency))
    lines = [*setup.lines(), f"set_e {literal(begin)}", "cell_on", "timer_start"]
    lines += [f"meas_loop_swv p c f r {numbers}", "timer_get t", *_packages(["t", "p", "c"])]
    return _script(["t", "p", "c", "f", "r"], [*lines, "endloop"])


def impedance(
    setup: Setup, span: tuple[float, float], points: int, potential: float, amplitude: float
) -> str:
    """Impedance at `points` frequencies of equal ratio over `span` in Hz, from its first to its
    second; `potential` in V, `amplitude` in V rms."""
    first, last = (literal(frequency) for frequency in span)
    numbers = f"{literal(amplitude)} {first} {last} {points}i {literal(potential)}"
    lines = [*setup.lines(), f"set_e {literal(potential)}", "cell_on"]
    lines += [f"meas_loop_eis f r j {numbers}", *_packages(["f", "r", "j"]), "endloop"]
    return _script(["f", "r", "j"], lines)


def open_circuit(interval: float, duration: float) -> str:
    """Potential without cell, every `interval` for `duration`, both in s.

    The loop is refused while the cell is on, so its readings show that the cell is off.
    """
    return _script(
        ["p"],
        [
            "set_pgstat_chan 0",
            f"set_pgstat_mode {LOW_SPEED}",
            "cell_off",
            f"meas_loop_ocp p {literal(interval)} {literal(duration)}",
            *_packages(["p"]),
            "endloop",
        ],
    )


def hold(setup: Setup | None, potential: float, duration: float) -> str:
    """Hold `potential` in V and read it back over `duration` in s; the cell stays on.

    `setup` None: the cell is on, and its settings stay as they are.
    """
    before = [] if setup is None else setup.lines()
    switch = [] if setup is None else ["cell_on"]
    return _script(
        ["p", "c"],
        [*before, f"set_e {literal(potential)}", *switch, *_point(duration)],
        off=False,
    )


def point(potential: float | None, duration: float) -> str:
    """One reading of potential and current over `duration` in s each; the cell stays as it is.

    `potential` in V is what is held already, said again; None where nothing is held.
    """
    held = [] if potential is None else [f"set_e {literal(potential)}"]
    return _script(["p", "c"], [*held, *_point(duration)], off=False)


def _point(duration: float) -> list[str]:
    return [
        f"meas {literal(duration)} p ab",
        f"meas {literal(duration)} c ba",
        *_packages(["p", "c"]),
    ]
