"""Faults to try on a driver, drawn by seed, and what may come of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from labctl.errors import BenchError, InstrumentError, LinkError
from labctl.evidence import Reading
from rigs import faulting
from sim_backends.fault_tables import KINDS
from sim_backends.faults import (
    Delay,
    Disconnect,
    Drift,
    Fault,
    Garble,
    Hold,
    Reboot,
    Replace,
    Saturate,
    Silence,
    Stuck,
    Truncate,
)
from sim_backends.streams import stream
from tests.system.faulted import Failed, Outcome, bench, patience, session

Draw = Callable[[np.random.Generator, int, tuple[float, float]], Fault]

SAMPLES: dict[str, Draw] = {
    "silence": lambda rng, at, _: Silence(at=at, times=int(rng.integers(1, 4))),
    "delay": lambda rng, at, patience: Delay(at=at, seconds=float(rng.choice(lates(*patience)))),
    "garble": lambda rng, at, _: Garble(at=at, mask=int(rng.choice([0x15, 0x40, 0x80, 0xFF]))),
    "truncate": lambda rng, at, _: Truncate(at=at, keep=int(rng.integers(1, 8))),
    "disconnect": lambda rng, at, _: Disconnect(at=at),
    "reboot": lambda rng, at, _: Reboot(at=at, seconds=float(rng.uniform(0.5, 30.0))),
    "replace": lambda rng, at, _: Replace(at=at, old=b"SIM-", new=b"SIM-9"),
    "stuck": lambda rng, at, _: Stuck(at=at),
    "saturate": lambda rng, at, _: Saturate(at=at, high=0.0),
    "drift": lambda rng, at, _: Drift(at=at, rate=float(rng.uniform(1e-3, 1.0))),
    "hold": lambda rng, at, _: Hold(at=at),
}
"""A fault of each kind that begins with answer `at`."""

assert set(SAMPLES) == set(KINDS)

NOT_COMPARED = {
    "saturate": "the sensor itself sees a wrong value within the range of the instrument",
    "drift": "the sensor itself sees a wrong value, which nothing on the line can tell",
    "hold": "the sensor itself is frozen at what it saw before the device was driven",
    "stuck": "the instrument repeats an answer that was right once, with its check",
    "replace": "another instrument answers as such, and is identified when the line is opened",
}
"""Kinds whose values are not compared, and why. Errors are still held to the rule."""

CHECKED_BY_THE_DOOR = {
    ("garble", "sim:ble"): "the radio drops a packet whose check of 24 bits is wrong",
}
"""(kind, door) that cannot come on a real line: values are not compared."""


def lates(timeout: float, quiet: float) -> tuple[float, ...]:
    """Delays in s: within the time-out, within the silence that follows a failure, never."""
    return *faulting.lates(timeout, quiet), 1e6


def faults_of(kind: str, role: str, seed: int, answers: int, tries: int) -> Iterator[Fault]:
    """`tries` faults of `kind` for a session on `role` that has so many `answers`."""
    rng = stream(seed, "driver under fault", role, kind)
    for _ in range(tries):
        yield SAMPLES[kind](rng, int(rng.integers(1, answers + 1)), patience(role))


def compared(kind: str, role: str) -> bool:
    """Whether a value that is read under a fault of `kind` can be held to the rule."""
    return kind not in NOT_COMPARED and (kind, bench().roles[role].address) not in (
        CHECKED_BY_THE_DOOR
    )


def broken(role: str, seed: int, tries: int) -> Iterator[str]:
    """What breaks the rule on `role` under `tries` faults of each kind that it can have."""
    healthy = session(role, seed)
    for kind in SAMPLES:
        for fault in faults_of(kind, role, seed, max(healthy.answers, 1), tries):
            try:
                faulty = session(role, seed, [fault])
            except BenchError as error:
                if "no sensor" not in error.message:
                    raise
                break
            yield from (
                f"{role}: {fault}: {text}"
                for text in wrong(healthy, faulty, compare=compared(kind, role))
            )


def wrong(healthy: Outcome, faulty: Outcome, *, compare: bool) -> list[str]:
    """What breaks the rule: a clear error or a recovered value, never a wrong one."""
    found = [f"{each.name}: {text}" for each in faulty.errors if (text := _unclear(healthy, each))]
    if compare:
        for quantity, readings in faulty.read.items():
            known = healthy.read.get(quantity, [])
            found += [
                f"{quantity}: read {each.value:g} {each.unit} where "
                f"{[one.value for one in known]} is right"
                for each in readings
                if not _right(each, known)
            ]
    return found


def _unclear(healthy: Outcome, failed: Failed) -> str:
    """What an error lacks; one that comes without a fault too is no matter of the fault."""
    error = failed.error
    if any(str(error) == str(other.error) for other in healthy.errors):
        return ""
    if not isinstance(error, LinkError | InstrumentError):
        return f"{type(error).__name__}: {error}"
    parts = {"address": error.address, "remedy": error.remedy}
    if failed.answered:
        parts["command"] = error.command
    lacking = [name for name, text in parts.items() if not text]
    return f"no {', '.join(lacking)} in: {error}" if lacking else ""


def _right(reading: Reading, known: list[Reading]) -> bool:
    """Within the readings without a fault, widened by the limits of error of both."""
    if not known or not math.isfinite(reading.value):
        return False
    allowed = limit(reading) + max(map(limit, known))
    values = [one.value for one in known]
    allowed += 1e-9 * max(map(abs, values)) + (max(values) - min(values))
    return min(values) - allowed <= reading.value <= max(values) + allowed


def limit(reading: Reading) -> float:
    """Limits of error by the driver's own line of the sheet, in the reading's unit."""
    line = reading.accuracy
    if line is None:
        return 0.0
    return line.gain * abs(reading.value) + line.offset + line.resolution + 6.0 * line.noise
