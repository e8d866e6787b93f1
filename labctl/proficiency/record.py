"""The record of passed and failed proficiency tests: `proficiency.toml` in a lab's procedures.

```toml
[code."procedures.f01.d01.cell_efficiency"]   # what it was run with: modules, hashes
[results."1.1-03"]                            # what came of it
```

An entry is stale when the hash of one kind is not what the code has now.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import msgspec

from labctl import clock
from labctl.errors import BenchError
from labctl.labs import Lab
from labctl.proficiency.code import Code
from labctl.proficiency.marks import Marks
from labctl.proficiency.proving import Proved

FILE = "proficiency.toml"

HEAD = """\
# Blind proficiency tests of the procedures (docs/proficiency.md). Written by
# `labctl proficiency TARGET --record`; an entry whose hashes are not those of the code is stale.
"""


class Proof(msgspec.Struct, frozen=True):
    """One indicator on record: `when` (UTC, ISO 8601), the `procedure`, the `seed`, the marks.

    `first` are the draws, misses, rms z and mean z of the test that this one repeats, or None.
    """

    when: str
    procedure: str
    seed: int
    draws: int
    misses: int
    edge: int
    edge_pass: int
    mirror: int
    mirror_fail: int
    ok: bool
    u_ratio: float | None = None
    bias: float | None = None
    why: tuple[str, ...] = ()
    first: dict[str, Any] | None = None


class Proven(msgspec.Struct, frozen=True):
    """The modules that a procedure was tried with, and their hashes then."""

    modules: Code
    hashes: dict[str, str]


class Record(msgspec.Struct, frozen=True):
    """All entries of a lab: `code` by procedure, `results` by indicator."""

    code: dict[str, Proven] = {}
    results: dict[str, Proof] = {}

    def stale(self) -> dict[str, tuple[str, ...]]:
        """Procedures whose code has changed since they were tried, with the kinds that have."""
        return {name: found for name, one in self.code.items() if (found := _changed(one))}

    def fresh(self) -> dict[str, Proof]:
        """Entries that are not stale, by indicator."""
        known = self.code.keys() - self.stale().keys()
        return {id: one for id, one in self.results.items() if one.procedure in known}

    def proficient(self) -> set[str]:
        """Indicators with a passed test of the code as it is."""
        return {id for id, one in self.fresh().items() if one.ok}

    def having(self, proved: Proved) -> Record:
        """The record with `proved` in the place of what it had on the same indicators."""
        proven = Proven(proved.code, proved.code.hashes())
        kept = self.results
        if self.code.get(proved.procedure, proven).hashes != proven.hashes:
            kept = {id: one for id, one in kept.items() if one.procedure != proved.procedure}
        results = {**kept, **_proofs(proved)}
        names = {one.procedure for one in results.values()}
        code = {**self.code, proved.procedure: proven}
        return Record({n: code[n] for n in sorted(names)}, {n: results[n] for n in sorted(results)})


def _changed(one: Proven) -> tuple[str, ...]:
    now = one.modules.hashes()
    return tuple(kind for kind in sorted(now) if now[kind] != one.hashes.get(kind))


def _proofs(proved: Proved) -> dict[str, Proof]:
    when = clock.wall().isoformat(timespec="seconds")
    before = {one.id: one for one in proved.before}
    return {one.id: _proof(one, before.get(one.id), proved, when) for one in proved.marks}


def _proof(one: Marks, before: Marks | None, proved: Proved, when: str) -> Proof:
    return Proof(
        when=when,
        procedure=proved.procedure,
        seed=proved.seed,
        draws=one.draws,
        misses=one.misses,
        edge=one.edge,
        edge_pass=one.edge_pass,
        mirror=one.mirror,
        mirror_fail=one.mirror_fail,
        ok=one.ok,
        u_ratio=number(one.u_ratio),
        bias=number(one.bias),
        why=one.why,
        first=None if before is None else _short(before),
    )


def _short(one: Marks) -> dict[str, Any]:
    row = {"draws": one.draws, "misses": one.misses, "edge_pass": one.edge_pass}
    return {**row, "u_ratio": number(one.u_ratio), "bias": number(one.bias)}


def number(value: float) -> float | None:
    """A figure of a record to four digits; None where it is no number."""
    return float(f"{value:.4g}") if value == value else None


def record_path(lab: Lab) -> Path | None:
    """Where a lab's record stands; None where it has no procedures."""
    spec = find_spec(lab.packages["procedures"]) if "procedures" in lab.packages else None
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0]) / FILE if folders else None


def read(path: Path | None) -> Record:
    """The record in the file `path`, empty where there is none; `BenchError` where it is broken."""
    if path is None or not path.is_file():
        return Record()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Record)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BenchError(f"{path}: {error}", remedy="labctl proficiency --record") from error


def write(path: Path, record: Record) -> None:
    """Write the record; the file is whole at any moment."""
    text = HEAD + "".join(_tables("", msgspec.to_builtins(record)))
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def _tables(name: str, table: Mapping[str, Any]) -> Iterable[str]:
    """`table` and the tables in it, as TOML."""
    inner: dict[str, dict[str, Any]] = {k: v for k, v in table.items() if isinstance(v, dict)}
    plain = {k: v for k, v in table.items() if k not in inner and v is not None and v != ()}
    if plain:
        yield f"\n[{name}]\n"
        yield from (f"{key} = {_value(each)}\n" for key, each in plain.items())
    for key, each in inner.items():
        own = key if key.isidentifier() else json.dumps(key)
        yield from _tables(f"{name}.{own}" if name else own, each)


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        rows = cast("tuple[Any, ...]", value)
        return "[\n" + "".join(f"    {_value(each)},\n" for each in rows) + "]"
    return json.dumps(value, ensure_ascii=False)
