"""What a session of `labctl ci` came to: for people, for programs, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from labctl.ci.choosing import Chosen
from labctl.ci.coverage import Covered, coverage, exit_code, laboratory, markdown, thin
from labctl.ci.junit import junit, name
from labctl.ci.trial import Tried
from labctl.i18n import _
from labctl.jsontext import json_text
from labctl.report.results import result_text
from labctl.report.write import save
from labctl.testing.standing import Standing

FEW = 12
"""Of so few devices what came of each is told."""

SHOWN = 40
"""So many thin margins are listed for people."""


@dataclass(frozen=True)
class Report:
    """What was chosen, what came of it, and the real `seconds` that it took."""

    chosen: Chosen
    tried: tuple[Tried, ...]
    seconds: float

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return exit_code(self.tried)

    @property
    def rows(self) -> dict[str, Covered]:
        """The coverage by direction."""
        return coverage(self.chosen, self.tried)

    @property
    def factor(self) -> float:
        """Run time over real time."""
        run_time = sum(one.laboratory for one in self.tried)
        return run_time / self.seconds if self.seconds > 0 else 0.0


def lines(report: Report) -> Iterator[str]:
    """The coverage in Markdown, what failed with the line that repeats it, what is near a limit,
    and the time of a laboratory."""
    yield from markdown(report.rows).splitlines()
    if 0 < len(report.tried) <= FEW:
        yield ""
        yield from (f"{name(one)}: {_said(one)}" for one in report.tried if one.standing.good)
    for one in report.tried:
        if not one.standing.good:
            yield ""
            yield f"{str(one.standing).upper()}  {name(one)}: {one.why}"
            yield f"  {one.again}"
            yield from (f"  {path}" for path in one.kept)
    yield from _named(report)
    yield ""
    yield _time(report)


def document(report: Report) -> dict[str, Any]:
    """The same for programs."""
    return {
        "ok": all(one.standing.good for one in report.tried),
        "exit_code": report.exit_code,
        "devices": [_row(one) for one in report.tried],
        "coverage": msgspec.to_builtins(report.rows),
        "failures": [_short(one) for one in report.tried if not one.standing.good],
        "conditional": [_short(one) for one in _conditional(report)],
        "thin": [{**_short(one), "margin": one.margin} for one in thin(report.tried)],
        "laboratory_years": laboratory(report.tried),
        "seconds": report.seconds,
        "factor": report.factor,
    }


def written(report: Report, junit_file: Path | None, coverage_file: Path | None) -> None:
    """Write the files that were asked for; `UsageError` names one that cannot be written."""
    if junit_file is not None:
        by_id = {one.id: one.direction for one in report.chosen.indicators}
        save(junit(report.tried, by_id), junit_file)
    if coverage_file is not None:
        rows = report.rows
        save(markdown(rows), coverage_file.with_suffix(".md"))
        save(json_text(msgspec.to_builtins(rows)) + "\n", coverage_file.with_suffix(".json"))


def _named(report: Report) -> Iterator[str]:
    """Conditional outcomes and thin margins."""
    near = thin(report.tried)
    conditional = _conditional(report)
    if conditional:
        yield ""
        yield _("conditional outcomes:")
        yield from (f"  {name(one)}: {one.why}" for one in conditional)
    if near:
        yield ""
        yield _("thin margins, of less than 2.5 U:")
        yield from (f"  {name(one)}: {one.margin:.2f} U" for one in near[:SHOWN])
    if len(near) > SHOWN:
        yield _("  and {count} more").format(count=len(near) - SHOWN)


def _said(one: Tried) -> str:
    """What came of a device, with its figures."""
    figures = ", ".join(result_text(row) for row in one.rows if row.value is not None)
    lasted = f" ({one.lasted})" if one.lasted else ""
    return " ".join(filter(None, (figures, one.why))) + lasted


def _time(report: Report) -> str:
    text = _(
        "{devices} devices; {years:.3g} years of a laboratory in {seconds:.0f} s: {factor:,.0f}×"
    )
    return text.format(
        devices=len(report.tried),
        years=laboratory(report.tried),
        seconds=report.seconds,
        factor=report.factor,
    )


def _conditional(report: Report) -> list[Tried]:
    return [one for one in report.tried if one.standing is Standing.CONDITIONAL]


def _row(one: Tried) -> dict[str, Any]:
    rows = [row.as_dict() for row in one.rows]
    sole: dict[str, Any] = rows[0] if len(rows) == 1 else {}
    return {
        **_short(one),
        **{key: sole.get(key) for key in ("value", "unit", "u", "U")},
        "rows": rows,
        "margin": one.margin,
        "came": one.came,
        "lasted": one.lasted,
        "laboratory_seconds": one.laboratory,
        "seconds": one.seconds,
        "error": one.error,
        "kept": list(one.kept),
    }


def _short(one: Tried) -> dict[str, Any]:
    names = ("id", "dut", "seed", "fault", "outcome", "why")
    plain = msgspec.to_builtins(one)
    row = {key: plain[key] for key in names}
    return {**row, "standing": str(one.standing), "repeat": one.again}
