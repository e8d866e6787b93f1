"""What the API tells of runs, as plain data without NaN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from labctl.asking.prompts import Prompt
from labctl.asking.wording import hint, shown
from labctl.control.messages import Asked, Board
from labctl.i18n import _
from labctl.jsontext import finite
from labctl.runfile import ItemRecord, RunRecord
from labctl.web.promptids import prompt_id
from labctl.words import said


def run_document(run: RunRecord) -> dict[str, Any]:
    """A run with its items in short."""
    return {
        "run": run.id,
        "started": run.started_utc,
        "ended": run.ended_utc or None,
        "state": run.state,
        "targets": list(run.targets),
        "seed": run.seed,
        "items": [item_summary(number, item) for number, item in enumerate(run.items, 1)],
    }


def item_summary(number: int, item: ItemRecord) -> dict[str, Any]:
    """An item in short; `number` is its place in the run, from 1."""
    return {
        "number": number,
        "id": item.id,
        "name_en": item.indicator.name_en,
        "name_zh": item.indicator.name_zh,
        "sample": None if item.sample is None else item.sample.id,
        "outcome": None if item.verdict is None else str(item.verdict.outcome),
        "simulated": None if item.verdict is None else item.verdict.simulated,
        "error": item.error,
        "channels": list(item.channels),
    }


def item_document(number: int, item: ItemRecord) -> dict[str, Any]:
    """All of an item but its readings."""
    verdict = None if item.verdict is None else item.verdict.as_dict(item.error)
    return finite({
        **item_summary(number, item),
        "procedure": item.procedure,
        "criteria": msgspec.to_builtins(item.indicator.criteria),
        "conditions": msgspec.to_builtins(item.indicator.conditions),
        "verdict": verdict,
        "instruments": msgspec.to_builtins(item.instruments),
        "steps": [asdict(step) for step in item.steps],
        "events": [asdict(event) for event in item.events],
        "gaps": [asdict(gap) for gap in item.gaps],
        "answers": msgspec.to_builtins(item.answers),
        "amendments": msgspec.to_builtins(item.amendments),
    })


def board_document(folder: Path, board: Board) -> dict[str, Any]:
    """How a run under way stands, in the current language."""
    return finite({
        "run": folder.name,
        "phase": board.phase,
        "progress": None if board.progress is None else asdict(board.progress),
        "prompts": [prompt_document(board, asked) for asked in board.asked],
        "notices": [
            {**msgspec.to_builtins(notice), "text": said(notice.text, _)}
            for notice in board.notices
        ],
    })


def prompt_document(board: Board, asked: Asked) -> dict[str, Any]:
    """A prompt: its data, and its words in the current language."""
    prompt: Prompt = asked.prompt
    row: Mapping[str, Any] = msgspec.to_builtins(prompt)
    # What a simulated bench answers by itself is nothing that a person needs.
    kept = {key: value for key, value in row.items() if key not in ("simulated", "u")}
    return {
        **kept,
        "id": prompt_id(board, asked),
        "text": said(prompt.text, _),
        "refused": said(prompt.refused, _) if prompt.refused else "",
        "hint": hint(prompt),
        "lines": shown(prompt),
    }
