"""A simulated dossier: the device under test of a document indicator.

It is written from docs/dossier.md into a folder of real small files. Its maker knows what the
indicator asks for; whoever reads it sees documents. A conforming one shows every row with a little
to spare, a non-conforming one has one plausible defect in one row.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from labctl.errors import UsageError
from sim_backends.dossiers import defects, files
from sim_backends.dossiers.entries import FIRST_DAY, Entry, Maker
from sim_backends.dossiers.rows import Row, row

PREPARER, CHECKER = "SIM-Li Wei", "SIM-Zhang Min"
CHECKED_ON = datetime.date(2025, 12, 15)


def write(
    folder: Path,
    indicator_id: str,
    criteria: Sequence[Mapping[str, Any]],
    conditions: Sequence[Mapping[str, Any]] = (),
    *,
    dut: str = "nominal",
    seed: int = 1,
) -> None:
    """Write a dossier for `indicator_id` into `folder`, which is made where it is missing.

    `criteria` and `conditions` are rows in the indicator map's format. `dut` is "nominal" or
    "failing"; `UsageError` for anything else. The same `seed` gives the same files.
    """
    if dut not in ("nominal", "failing"):
        raise UsageError(f"a simulated dossier is nominal or failing, not {dut!r}")
    rng = random.Random(f"{seed}/dossier/{indicator_id}/{dut}")
    rows = [row(criterion) for criterion in criteria]
    broken = rng.choice(rows) if dut == "failing" else None
    maker = Maker(rng)
    included = [c["text"] for c in conditions if c.get("aspect") == "must_include"]
    entries = [e for r in rows for e in _shown(maker, r, r is broken, bool(included), rng)]
    for text in included:
        entries[0]["contains"] = [part.strip() for part in text.split(",")]
    index = _index(indicator_id, entries, conditions)
    _write_files(folder, index, entries)


def _shown(maker: Maker, row: Row, broken: bool, included: bool, rng: random.Random) -> list[Entry]:
    """Entries for one row: with something to spare, or just enough and then one defect.

    Where members must be `included` an entry is there to say so, sound or not.
    """
    if not broken:
        spare = rng.randrange(3) if row.whole and row.value != 1 else 0
        figure = row.figure(True) if row.value is not None else 0.0
        return maker.show(row, row.least + spare, figure)
    if row.way in ("stated", "amounts", "cost"):
        return maker.show(row, 1, row.figure(False))
    entries = maker.show(row, row.least, 0.0)
    found = defects.applicable(row, entries)
    rng.choice([d for d in found if d is not defects.too_few or not included])(entries[-1], rng)
    return [entry for entry in entries if not entry.get("_dropped")]


def _index(
    indicator_id: str, entries: Sequence[Entry], conditions: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    skipped = ("must_include", "choose_from", "for_example")
    aspects = {c["aspect"]: c["text"] for c in conditions if c.get("aspect")}
    plain = [{k: v for k, v in e.items() if not k.startswith("_")} for e in entries]
    index: dict[str, Any] = {
        "indicator": indicator_id,
        "prepared_by": PREPARER,
        "checked_by": CHECKER,
        "checked_on": CHECKED_ON,
        "period": {"from": FIRST_DAY, "to": datetime.date(2025, 12, 31)},
        "aspects": {name: text for name, text in aspects.items() if name not in skipped},
        "condition": [_condition(c) for c in conditions if not c.get("aspect")],
        "entry": plain,
    }
    return {key: value for key, value in index.items() if value not in ({}, [])}


def _condition(condition: Mapping[str, Any]) -> dict[str, Any]:
    factor = {">": 1.1, ">=": 1.05, "<": 0.9, "<=": 0.95}.get(condition.get("op", "=="), 1.0)
    return {
        "quantity": condition["quantity"],
        "value": float(condition["value"]) * factor,
        "unit": condition["unit"],
        "file": "files/conditions.pdf",
    }


def _write_files(folder: Path, index: Mapping[str, Any], entries: Sequence[Entry]) -> None:
    (folder / "files").mkdir(parents=True, exist_ok=True)
    if "condition" in index:
        told = [f"{c['quantity']}: {c['value']:g} {c['unit']}" for c in index["condition"]]
        (folder / "files/conditions.pdf").write_bytes(files.pdf(["Conditions", *told]))
    for entry in entries:
        state = entry.get("_file")
        page = [entry["title"], entry["holder"], str(entry["date"]), entry.get("number", "")]
        if state != defects.ABSENT:
            body = b"" if state == defects.EMPTY else files.pdf(page)
            (folder / entry["file"]).write_bytes(body)
    (folder / "dossier.toml").write_text(files.toml(index), encoding="utf-8", newline="\n")
