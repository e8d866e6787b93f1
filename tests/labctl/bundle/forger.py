"""A forger who knows labctl by heart, computes every hash anew, and has no key of the lab."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from labctl import manifest
from labctl.bundle import layout, seal
from labctl.bundle.seal import Stand
from labctl.journal.chain import Link, counts_of, genesis
from labctl.journal.schema import CHAIN, SCHEMA_VERSION, tables
from labctl.keys import Signer
from labctl.runfolder import file_sha256

Change = tuple[str, tuple[object, ...]]
"""A statement of SQL and its values."""


def forge(folder: Path, *changes: Change, signer: Signer | None = None) -> None:
    """Change the journal of the bundle in `folder`, and everything that knows its hashes."""
    link = rechain(folder / layout.RUN / "journal.db", *changes)
    run = folder / layout.RUN
    stated = msgspec.structs.replace(
        manifest.read(run),
        head=link.head.hex(),
        content=link.content.hex(),
        journal_sha256=file_sha256(run / "journal.db"),
    )
    manifest.write(run, stated)
    _register(folder / layout.REGISTER, link)
    old = seal.read(folder)
    (folder / layout.SIGNATURE).unlink(missing_ok=True)
    stand = Stand(link.tx, link.content.hex(), link.head.hex())
    seal.seal(folder, old.run, stand, old.made, old.labctl, signer)


def rechain(journal: Path, *changes: Change) -> Link:
    """Change a journal and compute its chain anew; where that stands."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        for sql, values in changes:
            assert connection.execute(sql, values).rowcount == 1, sql
        link = genesis(SCHEMA_VERSION)
        cursors = {t.name: connection.execute(t.select) for t in tables(SCHEMA_VERSION)}
        for stored in connection.execute(CHAIN.select).fetchall():
            counts = counts_of(stored[1])
            assert counts is not None
            link = link.next({name: cursors[name].fetchmany(n) for name, n in counts.items()})
            row = (link.content.hex(), link.head.hex(), link.tx)
            connection.execute("UPDATE chain SET content = ?, head = ? WHERE tx = ?", row)
    return link


def _register(path: Path, link: Link) -> None:
    """The last line of the run tells the new head."""
    document = json.loads(path.read_text(encoding="utf-8"))
    entry = json.loads(document["lines"][-1]["line"])
    entry["head"], entry["content"] = link.head.hex(), link.content.hex()
    document["lines"][-1]["line"] = json.dumps(entry)
    path.write_text(json.dumps(document), encoding="utf-8")
