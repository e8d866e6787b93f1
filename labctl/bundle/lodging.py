"""Heads of runs deposited elsewhere: whoever holds one can say that the run was there by then."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labctl import clock, register
from labctl.errors import UsageError
from labctl.journal.checking import verify_chain
from labctl.runfile import open_run
from labctl.runfolder import RunFolder


class Lodged(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of `run` at the UTC time `utc` (ISO 8601), in a few hundred bytes.

    `head` and `content` are those of the journal's chain after `transactions`; `register_lines` and
    `register_sha256` say how long the register of runs was and what its last line was.
    """

    format: str
    run: str
    utc: str
    transactions: int
    head: str
    content: str
    register_lines: int = 0
    register_sha256: str = register.NOTHING


FORMAT = "labctl-lodged/1"


def lodged(run: Path) -> Lodged:
    """The head of the run in the folder `run`; `UsageError` where its chain does not fit."""
    chain = verify_chain(RunFolder(run).journal)
    if not chain.ok:
        raise UsageError(f"{run.name} is not what was written: {chain.problems[0]}")
    lines = register.line_hashes(run.parent)
    return Lodged(
        format=FORMAT,
        run=open_run(run).id,
        utc=clock.wall().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        transactions=chain.transactions,
        head=chain.head,
        content=chain.content,
        register_lines=len(lines),
        register_sha256=lines[-1] if lines else register.NOTHING,
    )


def as_text(one: Lodged) -> str:
    """What is deposited: JSON."""
    return msgspec.json.format(msgspec.json.encode(one), indent=2).decode() + "\n"


def read(path: Path) -> Lodged:
    """What was deposited as the file `path`; `UsageError` where it is no such thing."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Lodged)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no lodged head: {error}") from error
    if found.format != FORMAT:
        raise UsageError(f"{path} is of the format {found.format!r}, not {FORMAT}")
    return found
