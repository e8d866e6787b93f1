"""Rules of every emulator: it says what it is, keeps its time, and stands any bytes."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sim_backends.conformance.hammer import answer, hammer, hammer_attributes, settle
from sim_backends.conformance.stand import Stand
from sim_backends.conformance.topics import announced, hammer_topics
from sim_backends.conformance.writing import writes_whole_files
from sim_backends.emulators.emulator import Emulator
from sim_backends.streams import stream

FRAMES = 2000
"""Random frames that are sent to each emulator."""

SPLITS = 50
"""Ways in which its stream is cut."""

SEED = 1
PATIENCE = 0.5
"""Seconds to an answer that is waited for."""


def says_its_source(stand: Stand) -> Iterator[str]:
    """Module and class say what the real instrument does and this one does not."""
    kind = type(stand.make(SEED))
    module = inspect.getmodule(kind)
    if module is None or not module.__doc__:
        yield "its module has no docstring that names the manual"
    if not kind.__doc__:
        yield "its class has no docstring"


def listens_and_is_simulated(stand: Stand) -> Iterator[str]:
    """It says nothing unasked, and its serial number begins with SIM-.

    On topics it says who it is by itself.
    """
    if stand.on_topics and b"SIM-" not in announced(stand.make(SEED)):
        yield "no message of its first second tells a serial number that begins with SIM-"
    if not stand.on_a_stream:
        return
    emulator = stand.make(SEED)
    if emulator.send(0.0):
        yield "it sends before anything was asked"
    if b"SIM-" not in _all_answers(stand) and not _serial(emulator).startswith("SIM-"):
        yield f"its serial number {_serial(emulator)!r} does not begin with SIM-"


def _serial(emulator: Any) -> str:
    """The serial number of an instrument that tells none over its line; "" where it has none."""
    try:
        return str(emulator.serial)
    except AttributeError:
        return ""


def _all_answers(stand: Stand) -> bytes:
    emulator, t, told = stand.make(SEED), 0.0, b""
    for message in stand.frames:
        data, t = answer(emulator, [message], t, PATIENCE)
        told += data
    return told


def answers_in_time(stand: Stand) -> Iterator[str]:
    """An answer leaves after it was asked for; `due` is never before run time 0."""
    if not stand.on_a_stream:
        return
    emulator, t, answered = stand.make(SEED), 1.0, False
    for message in stand.frames[:40]:
        began = t
        data, t = answer(emulator, [message], t, PATIENCE)
        answered = answered or bool(data)
        if data and not t > began:
            yield f"the answer to {message!r} leaves at once"
        due = emulator.due()
        if due is not None and due < 0.0:
            yield f"after {message!r} it is due at {due:g} s"
    if not answered:
        yield "it answers none of the frames of its golden file"


def forgets_when_cleared(stand: Stand) -> Iterator[str]:
    """`clear` forgets half a command and answers not yet sent."""
    if not stand.on_a_stream:
        return
    for message in stand.frames[:10]:
        emulator, fresh = stand.make(SEED), stand.make(SEED)
        emulator.receive(message[:-1], 0.0)
        emulator.clear(0.0)
        fresh.receive(b"", 0.0)  # what works by itself begins with the first call
        wanted = answer(fresh, [message], 1.0, PATIENCE)
        if answer(emulator, [message], 1.0, PATIENCE) != wanted:
            yield f"half of {message!r} is still there after clear"
        emulator.receive(message, 2.0)
        emulator.clear(2.0)
        due = emulator.due()
        if due is not None and due < 60.0 and emulator.send(due):
            yield f"the answer to {message!r} comes after clear"


def takes_any_split(stand: Stand) -> Iterator[str]:
    """However the stream is cut, the answers and their times are the same."""
    if not stand.on_a_stream:
        return
    rng = stream(SEED, "splits", stand.name)
    for _ in range(SPLITS):
        seed = int(rng.integers(1, 4))
        cuts = [int(cut) for cut in rng.integers(0, 10_000, size=int(rng.integers(0, 7)))]
        for message in _differing(stand, seed, cuts):
            yield f"{message!r} cut at {cuts} is answered otherwise"
            return


def _differing(stand: Stand, seed: int, cuts: Sequence[int]) -> Iterator[bytes]:
    whole, split, t = stand.make(seed), stand.make(seed), 0.0
    for message in stand.frames[:12]:
        wanted = answer(whole, [message], t, PATIENCE)
        if answer(split, pieces(message, cuts), t, PATIENCE) != wanted:
            yield message
        t = wanted[1]


def pieces(data: bytes, cuts: Iterable[int]) -> list[bytes]:
    """`data` cut at the positions `cuts`."""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


def stands_random_frames(stand: Stand) -> Iterator[str]:
    """Random frames, or random attributes of a peripheral, raise nothing."""
    ended = hammered(stand, FRAMES, SEED)
    if not math.isfinite(ended):
        yield f"its time ran to {ended} s"


def hammered(stand: Stand, count: int, seed: int) -> float:
    """Send `count` random frames or messages; the run time in s at the end, 0 if it takes none."""
    rng = stream(seed, "random frames", stand.name)
    if stand.on_the_air:
        return hammer_attributes(stand.make(SEED), count, rng)
    if stand.on_topics:
        return hammer_topics(stand.make(SEED), stand.messages, count, rng)
    if stand.writes_files:
        return 0.0
    emulator: Emulator = stand.make(SEED)
    t = hammer(emulator, stand.frames, count, rng)
    emulator.clear(t)
    return settle(emulator, t + 10.0)


RULES: Mapping[str, Callable[[Stand], Iterable[str]]] = {
    "says what it is written from": says_its_source,
    "listens, and has a simulated serial number": listens_and_is_simulated,
    "answers in time": answers_in_time,
    "forgets when it is cleared": forgets_when_cleared,
    "takes any split of the stream": takes_any_split,
    "stands random frames": stands_random_frames,
    "writes files that grow and end": writes_whole_files,
}
"""What each emulator must keep, by a short name."""
