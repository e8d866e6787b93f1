"""A run as its journal holds it: what was asked of the engine, and what an item came to."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from labctl.agreement import Agreement
from labctl.errors import Defect, JournalError, LabError, UsageError
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode
from labctl.requests import ItemOutcome, RunRequest, StoredRequest, request_of
from labctl.runfolder import RunFolder
from labctl.verdict import Verdict
from labctl.virtual_loop import VirtualDeadlock


def refuse_done(meta: Mapping[str, object], folder: RunFolder) -> None:
    """`UsageError` where the run came to its end."""
    if meta.get("state") == "done":
        raise UsageError(f"{folder.run} is done", remedy="labctl show tells what it came to")


def refuse_bare(meta: Mapping[str, object], folder: RunFolder) -> None:
    """`UsageError` for a run that kept no snapshots: its simulated device would start afresh."""
    if meta.get("bare"):
        raise UsageError(
            f"{folder.run} kept no snapshots of its simulated bench, so that it cannot go on",
            remedy="run it anew",
        )


def stored_request(identity: Mapping[str, str], folder: RunFolder) -> StoredRequest:
    """What of it is no part of the record; `JournalError` where it was killed before it began."""
    if "request" not in identity:
        raise JournalError(f"{folder.run} was killed before it began", remedy="run it anew")
    return decode(identity["request"], StoredRequest)


def journalled_request(
    meta: Mapping[str, object], identity: Mapping[str, str], folder: RunFolder
) -> RunRequest:
    """What was asked of the engine when the run began; what watches and answers is new.

    `JournalError` where it was killed before that.
    """
    return request_of(
        stored_request(identity, folder),
        targets=tuple(msgspec.convert(meta["targets"], list[str])),
        items=tuple(decode(encode(meta["indicators"]), list[Indicator])),
        agreement=decode(encode(meta["agreement"]), Agreement),
        seed=msgspec.convert(meta["seed"], int),
        runs=folder.path.parent,
    )


def journalled_outcome(
    name: str, verdict: Verdict | None, error: dict[str, str] | None
) -> ItemOutcome | None:
    """What the item `name` came to; None where it was interrupted."""
    if verdict is None:
        return None
    return ItemOutcome(name, verdict, error, 0 if error is None else _exit_code(error))


def _exit_code(error: dict[str, str]) -> int:
    kinds = (Defect.kind, VirtualDeadlock.kind)
    return Defect.exit_code if error.get("kind") in kinds else LabError.exit_code
