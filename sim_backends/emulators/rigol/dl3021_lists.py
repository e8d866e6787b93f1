"""List commands of the DL3021 (programming guide, 2-33 to 2-36; user's guide, 2-39 to 2-44)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.rigol import dl3021_specs as specs
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import numeric
from sim_backends.emulators.scpi.values import Numeric, choice

_MODES = {"CC": "CURRent", "CV": "VOLTage", "CR": "RESistance", "CP": "POWer"}
_STEPS, _COUNT = Numeric(2, 512, 2), Numeric(0, 99999, 1)
_DWELL = Numeric(5e-5, 3600.0, 1.0)


def add_lists(table: Table, printed: Callable[[float], str]) -> None:
    """Mode, steps, cycles, end and what each step is."""
    root = "[:SOURce]:LIST"
    names = {mode: name for name, mode in _MODES.items()}
    table.command(f"{root}:MODE", _set_mode)
    table.query(f"{root}:MODE", lambda d, _: names[d.list.mode])
    table.command(f"{root}:END", _set_end)
    table.query(f"{root}:END", lambda d, _: d.list.end)
    numeric(table, f"{root}:RANGe", lambda d: _range(d.list.mode),
            lambda d: specs.full_scale(d.list.mode, d.index(d.list.mode)),
            lambda d, v: d.set_range(d.list.mode, specs.index_of(d.list.mode, v)),
            show=printed)  # fmt: skip
    numeric(table, f"{root}:STEP", _STEPS, lambda d: d.list.steps, _put_steps, whole=True)
    numeric(table, f"{root}:COUNt", _COUNT, lambda d: d.list.count, _put_count, whole=True)
    _step(table, f"{root}:LEVel", printed, lambda d: d.list.levels, lambda d: d.list.level,
          lambda d: specs.limits(d.list.mode, d.index(d.list.mode)))  # fmt: skip
    _step(table, f"{root}:WIDth", printed, lambda d: d.list.widths, lambda d: d.list.width,
          lambda _: _DWELL)  # fmt: skip
    _step(table, f"{root}:SLEW", printed, lambda d: d.list.slews,
          lambda d: lambda step: d.list.slews.get(step, 0.001), lambda _: specs.SLEW)  # fmt: skip


def _range(mode: str) -> Numeric:
    low, high = (specs.full_scale(mode, index) for index in (specs.LOW, specs.HIGH))
    return Numeric(0.0, high, high, "", low, high)


def _standing(device: Any) -> None:
    """Parameters cannot be changed while a list runs (user's guide, 2-44)."""
    if device.on and device.list.began is not None:
        raise ScpiError(-221, "list running")


def _set_mode(device: Any, arguments: tuple[str, ...]) -> None:
    _standing(device)
    device.list.mode = _MODES[choice(arguments[0].upper(), tuple(_MODES))]


def _set_end(device: Any, arguments: tuple[str, ...]) -> None:
    _standing(device)
    device.list.end = choice(arguments[0], ("OFF", "LAST"))


def _put_steps(device: Any, count: int) -> None:
    _standing(device)
    device.list.steps = count


def _put_count(device: Any, count: int) -> None:
    _standing(device)
    device.list.count = count


def _step(
    table: Table, pattern: str, printed: Callable[[float], str],
    store: Callable[[Any], dict[int, float]], get: Callable[[Any], Callable[[int], float]],
    limits: Callable[[Any], Numeric],
) -> None:  # fmt: skip
    """`<pattern> <step>,<value>` and `<pattern>? <step>`; steps count from 0."""

    def step_of(device: Any, token: str) -> int:
        return Numeric(0, device.list.steps - 1, 0).integer(token)

    def command(device: Any, arguments: tuple[str, ...]) -> None:
        _standing(device)
        step = step_of(device, arguments[0])
        store(device)[step] = limits(device).parse(arguments[1])

    table.command(pattern, command, 2, 2)
    table.query(pattern, lambda d, a: printed(get(d)(step_of(d, a[0]))), 1, 1)
