"""Prompts by an id that no other prompt of any run ever has.

A worker counts its prompts from 1, and so does the one after it: an answer to the old first must
not become one to the new first.
"""

from __future__ import annotations

import hashlib

from labctl.control.messages import Asked, Board


def prompt_id(board: Board, asked: Asked) -> str:
    """The id of the prompt `asked` on `board`."""
    worker = board.worker or board.guardian
    parts = (board.run, worker.pid, worker.begun, worker.boot, asked.number)
    text = "\n".join(str(part) for part in (*parts, asked.prompt.item, asked.prompt.name))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:20]


def find(board: Board, id: str) -> Asked | None:
    """The prompt with this id that is open on `board`; None where none is."""
    return next((asked for asked in board.asked if prompt_id(board, asked) == id), None)
