"""Sending to an emulator without an event loop: known frames, and random ones made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.ble.attributes import AttError, Peripheral
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.modbus_rtu import frame

EVENTS = 200
"""Events of an emulator that are waited for after a frame."""

PAUSES = (0.0, 1e-3, 0.06, 1.0)
"""Seconds between two frames: at once, soon, after a Modbus silence, later."""


def random_frame(frames: Sequence[bytes], rng: np.random.Generator) -> bytes:
    """Noise, a known frame that was spoilt, or pieces of several."""
    kind = rng.integers(5)
    if kind == 0 or not frames:
        return rng.bytes(int(rng.integers(1, 64)))
    data = bytearray(frames[int(rng.integers(len(frames)))])
    if kind == 1:
        for _ in range(int(rng.integers(1, 4))):
            data[int(rng.integers(len(data)))] = int(rng.integers(256))
    elif kind == 2:
        del data[int(rng.integers(len(data))) :]
    elif kind == 3:
        other = frames[int(rng.integers(len(frames)))]
        data = data[: int(rng.integers(len(data) + 1))] + other[int(rng.integers(len(other))) :]
    elif len(data) > 3 and data[-2:] == frame(bytes(data[:-2]))[-2:]:
        data = bytearray(frame(bytes(data[:2]) + rng.bytes(max(len(data) - 4, 1))))
    else:
        data.insert(int(rng.integers(len(data))), int(rng.integers(32, 127)))
    return bytes(data)


def hammer(
    emulator: Emulator, frames: Sequence[bytes], count: int, rng: np.random.Generator
) -> float:
    """Send `count` random frames; returns the run time in s at the end."""
    t = 0.0
    for _ in range(count):
        emulator.receive(random_frame(frames, rng), t)
        t += PAUSES[int(rng.integers(len(PAUSES)))]
        t = settle(emulator, t)
        if rng.integers(100) == 0:
            emulator.clear(t)
    return t


def hammer_attributes(node: Peripheral, count: int, rng: np.random.Generator) -> float:
    """Read, write and subscribe `count` times at random handles; the run time in s at the end."""
    t = 0.0
    node.connect(t)
    for _ in range(count):
        handle, data = int(rng.integers(120)), rng.bytes(int(rng.integers(24)))
        try:
            match int(rng.integers(3)):
                case 0:
                    assert isinstance(node.read(handle, t), bytes)
                case 1:
                    node.write(handle, data, t)
                case _:
                    node.subscribe(handle, bool(rng.integers(2)), t)
        except AttError as error:
            assert 0 < error.code < 0x100
        t += PAUSES[int(rng.integers(len(PAUSES)))]
        node.notifications(t)
    return t


def settle(emulator: Emulator, until: float) -> float:
    """Let the emulator do what is due until `until` s, at most `EVENTS` events."""
    for _ in range(EVENTS):
        due = emulator.due()
        if due is None or not due <= until:
            break
        emulator.send(max(due, 0.0))
    return until


def answer(
    emulator: Emulator, pieces: Sequence[bytes], t: float, patience: float = 5.0
) -> tuple[bytes, float]:
    """What comes to the message in `pieces` sent at `t` s, and when the first of it came."""
    for piece in pieces:
        emulator.receive(piece, t)
    came = t
    for _ in range(EVENTS):
        due = emulator.due()
        if due is None or due > t + patience:
            return b"", t + patience
        came = max(came, due)
        data = emulator.send(came)
        if data:
            return data, came
    return b"", came
