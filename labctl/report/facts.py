"""What holds for a whole run: who, where, on what, with which code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl.report.results import NOTHING

if TYPE_CHECKING:
    from labctl.runfile import RunRecord


@dataclass(frozen=True)
class Facts:
    """Facts of a run, gathered from its items; several are joined by commas.

    `code`, `bench_files` and `packages` are pairs of a name and a hash or version.
    """

    operators: str
    benches: str
    samples: str
    virtual: bool
    version: str
    code: tuple[tuple[str, str], ...]
    bench_files: tuple[tuple[str, str], ...]
    packages: tuple[tuple[str, str], ...]


def facts(record: RunRecord) -> Facts:
    """The facts of a run; what the run did not come to is a dash."""
    known = [item.provenance for item in record.items if item.provenance is not None]
    meta = record.meta
    benches = {(p.bench, p.bench_sha256): None for p in known if p.bench_sha256}
    return Facts(
        operators=_joined(p.operator for p in known),
        benches=_joined(p.bench for p in known),
        samples=_joined(item.sample.id for item in record.items if item.sample is not None),
        virtual=bool(meta.get("virtual")),
        version=str(meta.get("labctl", NOTHING)),
        code=tuple(sorted(meta.get("code", {}).items())),
        bench_files=tuple(benches),
        packages=tuple(sorted(meta.get("packages", {}).items())),
    )


def simulated(record: RunRecord) -> bool:
    """Whether any part of the run was simulated."""
    verdicts = [item.verdict for item in record.items if item.verdict is not None]
    known = [item.provenance for item in record.items if item.provenance is not None]
    return any(part.simulated for part in (*verdicts, *known))


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name)) or NOTHING
