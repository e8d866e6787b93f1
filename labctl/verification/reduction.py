"""The figures of a run computed again from what was recorded, without any instrument.

Each procedure is executed with all its steps done, on a copy of the journal, with the same seed and
number of draws, on a rig whose lines refuse everything.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from labctl import clock
from labctl.asking.again import Again
from labctl.changes import Change, changes
from labctl.discovery import Bound, procedure_for
from labctl.engine import Resolve
from labctl.errors import BenchError, LabError
from labctl.evidence import Evidence
from labctl.i18n import _
from labctl.indicator import Indicator
from labctl.journal.reader import Reader
from labctl.journal.standing import last_moment, standing
from labctl.journal.writer import Journal
from labctl.journalled import journalled_request
from labctl.provenance import code_sha256, package_versions
from labctl.record import code_hashes
from labctl.requests import RunRequest
from labctl.runfolder import JOURNAL, RunFolder
from labctl.verification.comparing import SAME, Compared, compared
from labctl.verification.placing import placed
from labctl.verification.traces import contradictions

COUNTING = ("code:labctl", "code:drivers", "code:rigs", "code:procedures")
COUNTING_LIBRARIES = ("package:numpy", "package:scipy", "package:python")
"""Changes after which another figure may follow from the same readings."""


class Recomputed(msgspec.Struct, frozen=True):
    """An item computed again: its rows, or `why` it was not.

    `changed` names what of the code that computes is not as it was when the item ran; then a
    difference is no sign of an alteration. `contradictions` are readings that the results of steps
    hold in another way than they were recorded.
    """

    id: str
    rows: tuple[Compared, ...] = ()
    why: str = ""
    broken: bool = False
    changed: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """The largest difference in units of u; NaN where nothing was computed."""
        return max((row.difference for row in self.rows), default=math.nan)

    @property
    def wrong(self) -> bool:
        """Whether what is recorded cannot be what the figures were computed from."""
        differs = self.broken or self.difference > SAME
        return bool(self.contradictions) or (differs and not self.changed)

    @property
    def same(self) -> bool:
        """Whether it was computed again, by whatever code, and every figure came out as it was."""
        return bool(self.rows) and not (
            self.broken or self.contradictions or self.difference > SAME
        )


@dataclass(frozen=True)
class _Copy:
    """A copy of a run's journal, whose writer takes what a procedure notes on the way."""

    folder: Path
    reader: Reader
    journal: Journal
    request: RunRequest
    changed: tuple[Change, ...]
    start: float


def recompute(folder: RunFolder, resolve: Resolve = procedure_for) -> tuple[Recomputed, ...]:
    """Every item of the run in `folder`, which is not written into.

    `JournalError` where the journal cannot be read, or is of an earlier schema version.
    """
    with tempfile.TemporaryDirectory(prefix="labctl-") as scratch:
        copy = RunFolder(Path(scratch))
        copy.attachments.mkdir()
        for name in (JOURNAL, f"{JOURNAL}-wal"):
            if (folder.path / name).exists():
                shutil.copyfile(folder.path / name, copy.path / name)
        journal = Journal(copy.journal, copy.attachments, virtual=True, resumed=True)
        try:
            with Reader(copy.journal) as reader:
                return _all(_opened(copy, reader, journal), resolve)
        finally:
            journal.close()


def _opened(copy: RunFolder, reader: Reader, journal: Journal) -> _Copy:
    meta = reader.meta()
    request = journalled_request(meta, reader.identity(), copy)
    found = changes(meta, code_hashes(), package_versions())
    relevant = tuple(one for one in found if one.id in COUNTING + COUNTING_LIBRARIES)
    return _Copy(copy.path, reader, journal, request, relevant, last_moment(reader)[0])


def _all(copy: _Copy, resolve: Resolve) -> tuple[Recomputed, ...]:
    rows = zip(copy.reader.items(), copy.request.items, strict=False)
    return tuple(_item(copy, row[0], indicator, row[4], resolve) for row, indicator in rows)


def _item(
    copy: _Copy, number: int, indicator: Indicator, code: str, resolve: Resolve
) -> Recomputed:
    stored = copy.reader.fact(number, "evidence", Evidence)
    if stored is None:
        return Recomputed(indicator.id, why=_("it was not finished, or erred"))
    bound = resolve(indicator)
    if bound is None:
        return Recomputed(indicator.id, why=_("it has no procedure here"))
    changed = [one.id for one in copy.changed]
    if code_sha256(bound.procedure.function.__module__) != code:
        changed.append(f"procedure:{bound.procedure.name}")
    base = Recomputed(
        indicator.id,
        changed=tuple(changed),
        contradictions=tuple(contradictions(copy.reader, number)),
    )
    try:
        now = clock.run(_evidence(copy, number, indicator, bound), virtual=True, start=copy.start)
    except BenchError as error:  # of the bench file or what it needs here, not of what was recorded
        return replace(base, why=error.message)
    except Exception as error:  # whatever it is, it follows from what was recorded
        said = error.message if isinstance(error, LabError) else f"{type(error).__name__}: {error}"
        return replace(base, why=said, broken=True)
    return replace(base, rows=tuple(compared(stored, now)))


async def _evidence(copy: _Copy, number: int, indicator: Indicator, bound: Bound) -> Evidence:
    known = standing(copy.reader, number, restored=False)
    request = placed(copy.request, indicator, known, copy.folder / "bench")
    return await Again(request, indicator, number, copy.journal).recomputed(bound, known)
