"""The bench that a dead run used, as its journal knows it."""

from __future__ import annotations

import logging
from pathlib import Path

from labctl.discovery import Bound, installed_labs, procedure_for
from labctl.errors import BenchError, JournalError, LabError
from labctl.indicator import Indicator
from labctl.journal.plain import decode
from labctl.journal.reader import Reader
from labctl.requests import StoredRequest
from labctl.rescuing import Rescue
from labctl.runfolder import RunFolder

_log = logging.getLogger(__name__)


def left_behind(path: Path) -> Rescue | None:
    """The rescue of what the run in the folder `path` used; None where that was no real instrument.

    The bench is taken as its file stood when the run opened it. `BenchError` where it cannot be
    told any more, `JournalError` where the folder holds no run.
    """
    with Reader(RunFolder(path).journal) as reader:
        identity = reader.identity()
        stored = decode(identity["request"], StoredRequest) if "request" in identity else None
        begun = list(reader.rows("SELECT id, text FROM items ORDER BY rowid DESC LIMIT 1"))
        if stored is None or stored.virtual or not stored.bench or not begun:
            return None
        number, text = begun[0]
        bench = _text(reader, number)
    indicator = decode(text, Indicator)
    if indicator.evidence == "document":
        return None
    rescue = _prepared(indicator, Path(stored.bench), bench)
    return None if rescue.simulated else rescue


def _prepared(indicator: Indicator, bench: Path, text: str) -> Rescue:
    bound = _bound(indicator)
    lab = installed_labs()[0] if bound is None else bound.lab
    if lab.rescue is None:
        raise BenchError(
            f"the lab {lab.name} cannot make its benches safe from another process",
            remedy="let its Lab state a rescue (docs/guarded-runs.md)",
        )
    return lab.rescue(bench, _rig(bound), text)


def _bound(indicator: Indicator) -> Bound | None:
    """The item's procedure; None where it is gone, or can no longer be imported."""
    try:
        return procedure_for(indicator)
    except LabError as error:
        _log.warning("%s: %s", indicator.id, error)
        return None


def _rig(bound: Bound | None) -> type | None:
    """The rig of the item; None where its procedure is gone: then the file's own name finds it."""
    return None if bound is None else bound.procedure.rig


def _text(reader: Reader, item: int) -> str:
    """The bench file as the item opened it; "" where it was killed before that."""
    named = reader.fact(item, "bench", list[str])
    if named is None:
        return ""
    for (text,) in reader.rows("SELECT text FROM benches WHERE sha256 = ?", named[-1]):
        return text
    raise JournalError("the journal holds no bench file of its item", remedy="labctl verify")
