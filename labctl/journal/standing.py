"""What a resumed run takes from its journal: steps done, parts of exposures, gaps, the snapshot."""

from __future__ import annotations

import hashlib
import math
from typing import NamedTuple

from labctl.errors import JournalError
from labctl.evidence import Instrument
from labctl.gaps import Gap
from labctl.journal.plain import decode
from labctl.journal.reader import Reader
from labctl.sample import Sample
from labctl.soak import Part, Parts


class Snapshot(NamedTuple):
    """The simulated bench as it was at run time `t` in s, as bytes, arranged for `scopes`."""

    t: float
    state: bytes
    scopes: tuple[str, ...]


class Standing(NamedTuple):
    """How far an item had come.

    `stored` are results of steps as JSON, `attempts` how often each was begun, `parts` what was
    committed of exposures that were not finished; `instruments` and `sample` are those that it was
    begun with, `bench` is the SHA-256 of the bench file as it was then.
    """

    stored: dict[str, str]
    attempts: dict[str, int]
    parts: dict[str, Parts]
    gaps: tuple[Gap, ...]
    snapshot: Snapshot | None
    instruments: tuple[Instrument, ...] = ()
    bench: str = ""
    sample: Sample | None = None

    @property
    def exposed(self) -> bool:
        """Whether an exposure had begun and was not finished."""
        return bool(self.parts)


NOTHING = Standing({}, {}, {}, (), None)
"""The standing of an item that begins."""


def standing(reader: Reader, item: int, *, restored: bool = True) -> Standing:
    """How far item number `item` had come.

    A simulated bench that is not to be `restored` goes on as it is, without a snapshot.
    """
    steps, snapshot = reader.steps(item), _snapshot(reader, item) if restored else None
    # A simulated bench that could not be kept when a step was done does not know of that step.
    until = math.inf if snapshot is None else snapshot.t
    stored = {name: result for name, _, result, _, t in steps if result and (t or 0.0) <= until}
    parts = _parts(reader, item, until)
    return Standing(
        stored=stored,
        attempts={name: attempt for name, attempt, _, _, _ in steps},
        parts={name: part for name, part in parts.items() if name not in stored},
        gaps=_gaps(reader, item, until),
        snapshot=snapshot,
        instruments=reader.instruments(item),
        sample=reader.fact(item, "sample", Sample),
        bench=(reader.fact(item, "bench", list[str]) or [""])[-1],
    )


def last_moment(reader: Reader) -> tuple[float, float]:
    """Run time and Unix time in s of the newest row, whatever it is."""
    dated = ("items", "facts", "attempts", "steps", "readings", "events", "progress", "gaps")
    found = [
        row
        for table in dated
        for row in reader.rows(f"SELECT t, utc FROM {table} ORDER BY rowid DESC LIMIT 1")
    ]
    return max(found, default=(0.0, 0.0))


def _gaps(reader: Reader, item: int, until: float) -> tuple[Gap, ...]:
    """The interruptions that ended until run time `until` in s; a restored bench knows no later."""
    sql = "SELECT t, seconds, exposed FROM gaps WHERE item = ? AND t <= ? ORDER BY rowid"
    rows = reader.rows(sql, item, until)
    return tuple(Gap(t, seconds, bool(exposed)) for t, seconds, exposed in rows)


def _parts(reader: Reader, item: int, until: float) -> dict[str, Parts]:
    """The parts of exposures that were committed until run time `until` in s."""
    sql = (
        "SELECT a.step, p.state, p.t FROM progress p JOIN attempts a ON a.id = p.attempt"
        " WHERE a.item = ? AND p.t <= ? ORDER BY p.rowid"
    )
    found: dict[str, Parts] = {}
    for step, state, t in reader.rows(sql, item, until):
        part = decode(state, Part)
        before = found[step].results if step in found else ()
        found[step] = Parts(part.begin, part.points, (*before, *part.results), t)
    return found


def _snapshot(reader: Reader, item: int) -> Snapshot | None:
    """The newest snapshot of the item; `JournalError` where it is not the one that was taken."""
    newest = "SELECT sha256, scopes FROM worlds ORDER BY rowid DESC LIMIT 1"
    kept = "SELECT t, state FROM snapshots WHERE item = ? AND sha256 = ?"
    for sha256, scopes in reader.rows(newest):
        for t, state in reader.rows(kept, item, sha256):
            if hashlib.sha256(state).hexdigest() != sha256:
                raise JournalError("the snapshot of the simulated bench was changed")
            return Snapshot(t, state, decode(scopes, tuple[str, ...]))
    return None
