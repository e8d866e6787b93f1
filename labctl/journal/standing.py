"""What a resumed run takes from its journal: steps done, parts of exposures, gaps, the snapshot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from labctl.calibration import Certificate
from labctl.errors import JournalError
from labctl.evidence import Identity, Instrument
from labctl.gaps import Gap
from labctl.journal.plain import decode
from labctl.journal.reader import Reader
from labctl.journal.snapshots import snapshot_sha256
from labctl.journal.superseded import (
    amendments,
    answers,
    redone,
    standing_answers,
    swapped_out,
)
from labctl.journal.told import superseded
from labctl.sample import Sample
from labctl.samples.fingerprint import Fingerprint
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
    begun with, `bench` is the SHA-256 of the bench file as it was then. `answered` says who gave
    the answers among `stored`, `swapped` which instrument another one may take the place of, by
    role. `used` are all instruments that were used, `superseded` says what people superseded.
    `fingerprints` are those of its sample, oldest first, `certificates` those of the bench by role,
    once for each time that it was opened.
    """

    stored: dict[str, str]
    attempts: dict[str, int]
    parts: dict[str, Parts]
    gaps: tuple[Gap, ...]
    snapshot: Snapshot | None
    instruments: tuple[Instrument, ...] = ()
    bench: str = ""
    sample: Sample | None = None
    answered: Mapping[str, str] = MappingProxyType({})
    swapped: Mapping[str, Identity] = MappingProxyType({})
    bench_text: str = ""
    used: tuple[Instrument, ...] = ()
    superseded: tuple[str, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    certificates: tuple[Mapping[str, Certificate], ...] = ()

    @property
    def unrecognised(self) -> bool:
        """Whether what was in place last was not its sample."""
        return bool(self.fingerprints) and not self.fingerprints[-1].matches

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
    snapshot = _snapshot(reader, item) if restored else None
    # A simulated bench that could not be kept when a step was done does not know of that step.
    until = math.inf if snapshot is None else snapshot.t
    used, bench = reader.instruments(item), _bench(reader, item)
    again = redone(reader, item)
    words = standing_answers(answers(reader, item), amendments(reader, item), again)
    stored = {**_stored(reader, item, until, again), **{n: w.value for n, w in words.items()}}
    parts = _parts(reader, item, until, again)
    return Standing(
        stored=stored,
        attempts={name: attempt for name, attempt, *_ in reader.steps(item)},
        parts={name: part for name, part in parts.items() if name not in stored},
        gaps=_gaps(reader, item, until),
        snapshot=snapshot,
        instruments=tuple({one.role: one for one in used}.values()),
        sample=reader.fact(item, "sample", Sample),
        bench=bench[0],
        bench_text=bench[1],
        answered={name: word.who for name, word in words.items()},
        swapped=swapped_out(reader, item),
        used=used,
        superseded=superseded(reader, item),
        fingerprints=reader.fact(item, "fingerprint", tuple[Fingerprint, ...]) or (),
        certificates=reader.facts(item, "certificates", dict[str, Certificate]),
    )


MEASURING = ("items", "attempts", "steps", "readings", "progress", "gaps")
"""Tables that are written where an item begins, measures, exposes or goes on."""


def last_moment(reader: Reader) -> tuple[float, float]:
    """Run time and Unix time in s of the newest row, whatever it is."""
    return _newest(reader, (*MEASURING, "facts", "events"))


def last_sign(reader: Reader) -> float:
    """Run time in s at which the item that was begun last was on its bench.

    What was noted since then, by a resume that came to nothing, does not shorten its gap.
    """
    return _newest(reader, MEASURING)[0]


def _newest(reader: Reader, dated: tuple[str, ...]) -> tuple[float, float]:
    found = [
        row
        for table in dated
        for row in reader.rows(f"SELECT t, utc FROM {table} ORDER BY rowid DESC LIMIT 1")
    ]
    return max(found, default=(0.0, 0.0))


def _bench(reader: Reader, item: int) -> tuple[str, str]:
    """SHA-256 and text of the bench file that the item was begun or gone on with last."""
    sha256 = (reader.fact(item, "bench", list[str]) or [""])[-1]
    texts = reader.rows("SELECT text FROM benches WHERE sha256 = ?", sha256)
    return sha256, next(iter(texts), ("",))[0]


def _stored(reader: Reader, item: int, until: float, again: frozenset[int]) -> dict[str, str]:
    """Results of steps that were finished until run time `until` in s and are not done again."""
    sql = (
        "SELECT a.id, a.step, s.result FROM attempts a JOIN steps s ON s.attempt = a.id"
        " WHERE a.item = ? AND s.t <= ? ORDER BY a.rowid"
    )
    rows = reader.rows(sql, item, until)
    return {step: result for number, step, result in rows if number not in again}


def _gaps(reader: Reader, item: int, until: float) -> tuple[Gap, ...]:
    """The interruptions that ended until run time `until` in s; a restored bench knows no later."""
    sql = "SELECT t, seconds, exposed FROM gaps WHERE item = ? AND t <= ? ORDER BY rowid"
    rows = reader.rows(sql, item, until)
    return tuple(Gap(t, seconds, bool(exposed)) for t, seconds, exposed in rows)


def _parts(reader: Reader, item: int, until: float, again: frozenset[int]) -> dict[str, Parts]:
    """The parts of exposures that were committed until run time `until` in s."""
    sql = (
        "SELECT a.id, a.step, p.state, p.t FROM progress p JOIN attempts a ON a.id = p.attempt"
        " WHERE a.item = ? AND p.t <= ? ORDER BY p.rowid"
    )
    found: dict[str, Parts] = {}
    for number, step, state, t in reader.rows(sql, item, until):
        if number in again:
            continue
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
            if snapshot_sha256(reader.version, item, t, state) != sha256:
                raise JournalError("the snapshot of the simulated bench was changed")
            return Snapshot(t, state, decode(scopes, tuple[str, ...]))
    return None
