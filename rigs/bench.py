"""The bench file: which driver at which address stands behind each role, with its limits.

It is TOML (docs: operating a lab PC). It holds no secret. A bench is either simulated as a whole
(every address begins with `sim:`) or real as a whole: a real bench never gets a simulated
instrument by mistake.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from labctl.errors import BenchError
from labctl.evidence import Spread
from labctl.quantity import Quantity
from labctl.rescuing import OnPowerReturn
from rigs.bench_entries import (
    AmbientEntry,
    QuantityEntry,
    ReferenceCellEntry,
    RoleEntry,
    ShuntEntry,
    SimEntry,
    TransformerEntry,
    VisaEntry,
)
from rigs.bench_kind import check_kind
from rigs.benchfile import BenchFile
from rigs.contribution_entries import UncertaintyEntry, check_contribution
from rigs.current_transformer import TRANSDUCERS
from rigs.interlock_entries import TABLE, InterlockEntry, interlocks_of

TABLES = (
    *("name", "rig", "sim", "visa", "roles", "reference_cell", "bottom_cell", "shunt"),
    *TRANSDUCERS,
    "uncertainty",
    *("on_power_return", "hazardous", "hardware_interlock", "scan_sample", "ambient", TABLE),
)


class Bench(msgspec.Struct, frozen=True):
    """A bench file, checked. `sha256` is that of the file; `roles` in the file's order.

    `on_power_return` is what becomes of an interrupted run once the bench is safe again.
    `hardware_interlock` names what cuts the energy of a `hazardous` bench without labctl.
    `scan_sample`: the sample's barcode is scanned before a run goes on. `ambient` is the
    temperature round the instruments.
    """

    path: Path
    text: str
    sha256: str
    name: str
    rig: str
    roles: dict[str, RoleEntry]
    uncertainty: tuple[UncertaintyEntry, ...] = ()
    sim: SimEntry | None = None
    visa: VisaEntry = VisaEntry()
    reference_cell: ReferenceCellEntry | None = None
    bottom_cell: ReferenceCellEntry | None = None
    shunt: ShuntEntry | None = None
    current_transformer: TransformerEntry | None = None
    dc_transducer: TransformerEntry | None = None
    on_power_return: OnPowerReturn = "hold"
    hazardous: bool = False
    hardware_interlock: str = ""
    interlocks: tuple[InterlockEntry, ...] = ()
    scan_sample: bool = False
    ambient: AmbientEntry | None = None

    @property
    def simulated(self) -> bool:
        """Whether every instrument is an emulator."""
        return self.sim is not None

    def trace_of(self, role: str) -> Path | None:
        """The trace that `role` answers from; None where it has an emulator of its own."""
        trace = self.roles[role].trace
        return self.path.parent / trace if trace else None

    @property
    def surroundings(self) -> tuple[float, float] | None:
        """Lowest and highest temperature round the instruments in degC; None if not stated."""
        return None if self.ambient is None else (self.ambient.low, self.ambient.high)

    def contributions(self) -> dict[str, Quantity]:
        """The contributions by name: mean 0, standard uncertainty `u` in the entry's unit."""
        return {e.name: Quantity(0.0, e.unit, e.u) for e in self.uncertainty}

    def distributions(self) -> dict[str, Spread]:
        """The distribution of each contribution that is not normal, by name."""
        return {
            e.name: Spread(e.distribution, e.freedom)
            for e in self.uncertainty
            if e.distribution != "normal"
        }

    def wrong(self, key: tuple[str, ...], what: str, remedy: str = "") -> BenchError:
        """The error that names this file, the line of `key`, and `key`."""
        try:
            BenchFile(self.path, self.text, {}).wrong(key, what, remedy)
        except BenchError as error:
            return error


def load_bench(path: Path) -> Bench:
    """Read and check the bench file at `path`.

    `BenchError` names file, line and key, and says what was expected.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BenchError(
            f"{path}: the bench file cannot be read: {error}",
            remedy="name an existing file in UTF-8 with --bench",
        ) from error
    return parse_bench(path, text)


def parse_bench(path: Path, text: str) -> Bench:
    """Check the bench file `text`, which stands or stood at `path`; raises as `load_bench`."""
    file = _parsed(path, text)
    file.refuse_secrets()
    for key in file.data:
        if key not in TABLES:
            file.wrong((key,), "unknown table or key", "known: " + ", ".join(TABLES))
    bench = Bench(
        path=path,
        text=file.text,
        sha256=hashlib.sha256(file.text.encode("utf-8")).hexdigest(),
        name=_required(file, "name"),
        rig=_required(file, "rig"),
        roles=_roles(file),
        uncertainty=_uncertainty(file),
        sim=_table(file, "sim", SimEntry),
        visa=_table(file, "visa", VisaEntry) or VisaEntry(),
        reference_cell=_table(file, "reference_cell", ReferenceCellEntry),
        bottom_cell=_table(file, "bottom_cell", ReferenceCellEntry),
        shunt=_table(file, "shunt", ShuntEntry),
        current_transformer=_table(file, "current_transformer", TransformerEntry),
        dc_transducer=_table(file, "dc_transducer", TransformerEntry),
        on_power_return=_table(file, "on_power_return", OnPowerReturn) or "hold",
        hazardous=_table(file, "hazardous", bool) or False,
        hardware_interlock=_table(file, "hardware_interlock", str) or "",
        interlocks=interlocks_of(file),
        scan_sample=_table(file, "scan_sample", bool) or False,
        ambient=_table(file, "ambient", AmbientEntry),
    )
    check_kind(file, bench.roles, bench.sim)
    _check_ambient(file, bench.ambient)
    cells = {"reference_cell": bench.reference_cell, "bottom_cell": bench.bottom_cell}
    for table, cell in cells.items():
        if cell is not None:
            file.check_quantity((table, "responsivity"), cell.responsivity)
    if bench.shunt is not None:
        file.check_quantity(("shunt", "resistance"), bench.shunt.resistance)
    return bench


def _parsed(path: Path, text: str) -> BenchFile:
    try:
        return BenchFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BenchError(f"{path}: this is no TOML: {error}", remedy="repair that line") from error


def _required(file: BenchFile, key: str) -> str:
    if key not in file.data:
        file.wrong((key,), "is missing", f'write {key} = "..." at the top of the file')
    return file.convert((key,), file.data[key], str)


def _table(file: BenchFile, key: str, kind: Any) -> Any:
    if key not in file.data:
        return None
    return file.convert((key,), file.data[key], kind)


def _roles(file: BenchFile) -> dict[str, RoleEntry]:
    tables = file.data.get("roles", {})
    if not isinstance(tables, Mapping) or not tables:
        file.wrong(("roles",), "no role is given", "write a table [roles.<role>] for each")
    roles: dict[str, RoleEntry] = {}
    for name, table in tables.items():
        key = ("roles", str(name))
        # First, by its own key: in the role as a whole a wrong limit would not be told by name.
        for limit, given in _limits(file, key, table).items():
            file.convert((*key, "limits", str(limit)), given, QuantityEntry)
        roles[str(name)] = role = file.convert(key, table, RoleEntry)
        for limit, entry in role.limits.items():
            file.check_quantity((*key, "limits", limit), entry)
    return roles


def _check_ambient(file: BenchFile, ambient: AmbientEntry | None) -> None:
    if ambient is None:
        return
    if not -60.0 <= ambient.low <= ambient.high <= 100.0:
        what = f"{ambient.low:g} to {ambient.high:g} degC is no room's"
        file.wrong(("ambient", "low"), what, "write the lowest and the highest in degC")
    if not ambient.source.strip():
        file.wrong(("ambient", "source"), "is empty", "say what observed it")


def _limits(file: BenchFile, key: tuple[str, ...], table: Any) -> Mapping[Any, Any]:
    limits = table.get("limits", {}) if isinstance(table, Mapping) else {}
    if not isinstance(limits, Mapping):
        what = f"expected a table, not {type(limits).__name__}"
        file.wrong((*key, "limits"), what, 'write voltage = {value = 20, unit = "V"} and the like')
    return limits


def _uncertainty(file: BenchFile) -> tuple[UncertaintyEntry, ...]:
    tables = file.data.get("uncertainty", [])
    if not isinstance(tables, list):
        file.wrong(("uncertainty",), "expected tables [[uncertainty]]")
    entries: list[UncertaintyEntry] = []
    for index, table in enumerate(tables):
        key = ("uncertainty", str(index))
        entry = file.convert(key, table, UncertaintyEntry)
        if entry.name in {e.name for e in entries}:
            file.wrong((*key, "name"), f"{entry.name} stands twice")
        if not entry.source.strip():
            file.wrong((*key, "source"), "is empty", "say where the value comes from")
        check_contribution(file, key, entry)
        file.check_quantity(key, QuantityEntry(0.0, entry.unit, entry.u))
        entries.append(entry)
    return tuple(entries)
