"""The acceptance table of a direction as plain data, for `--json`."""

from __future__ import annotations

from typing import Any

from labctl.acceptance.attempts import Attempt
from labctl.acceptance.table import Line, Table
from labctl.laboratory import Laboratory
from labctl.words import said


def as_document(table: Table, lab: Laboratory) -> dict[str, Any]:
    """The table: what it comes to, whether it is an acceptance, and a row for each criterion."""
    return {
        "direction": table.direction.id,
        "title_en": table.direction.title_en,
        "title_zh": table.direction.title_zh,
        "sample": table.sample or None,
        "made": table.made,
        "laboratory": lab.name or None,
        "outcome": str(table.outcome),
        "acceptance": table.acceptance,
        "simulated": table.simulated,
        "draft": table.draft,
        "problems": list(table.problems),
        "sets": {letter: str(outcome) for letter, outcome in table.sets.items()},
        "indicators": [_line(line) for line in table.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    verdict = None if line.opened is None else line.opened.verdict
    return {
        "id": line.indicator.id,
        "name_en": line.indicator.name_en,
        "name_zh": line.indicator.name_zh,
        "alternatives": line.indicator.alternatives,
        "outcome": str(line.outcome),
        "simulated": line.simulated,
        "sample": line.sample or None,
        "method": line.indicator.method,
        "standard": line.indicator.standard or None,
        "clause": line.indicator.clause or None,
        "rule": None if verdict is None else verdict.rule,
        "agreement": None if verdict is None else verdict.agreement,
        "run": None if line.attempt is None else line.attempt.run,
        "k": None if line.counted is None else line.counted.k,
        "n": len(line.runs) if line.counted is None else line.counted.n,
        "authorised_by": _authoriser(line),
        "objections": [said(words) for words in line.objections],
        "rows": [] if verdict is None else [row.as_dict() for row in verdict.rows],
        "runs": [_attempt(one) for one in line.runs],
    }


def _authoriser(line: Line) -> str | None:
    stands = None if line.opened is None else line.opened.standing
    if stands is None or stands.given is None or not stands.authorised:
        return None
    return stands.given.by


def _attempt(one: Attempt) -> dict[str, Any]:
    return {
        "run": one.run,
        "begun": one.begun,
        "sample": one.sample or None,
        "state": one.state,
        "outcome": None if one.outcome is None else str(one.outcome),
        "simulated": one.simulated,
    }
