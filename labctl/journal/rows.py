"""What people did to a run, as rows of its journal: answers and amendments."""

from __future__ import annotations

from typing import Literal

import msgspec

Source = Literal["person", "script", "sheet", "simulated", "timeout"]
"""The way on which an answer came; "timeout": nobody gave it, it is the declared safe one."""

AmendmentKind = Literal["amend", "redo", "swap"]


class AnswerRow(msgspec.Struct, frozen=True):
    """An answer: `attempt` of the step that asked, `question` is the prompt as JSON.

    `value` is what the procedure gets, as JSON, `said` what was typed. Times are run and Unix time
    in s, of the question and of the answer.
    """

    item: int
    attempt: int
    prompt: str
    kind: str
    question: str
    value: str
    unit: str
    said: str
    who: str
    second: str
    source: Source
    asked: float
    asked_utc: float
    t: float
    utc: float


class AmendmentRow(msgspec.Struct, frozen=True):
    """What `who` superseded at Unix time `utc` in s, and why.

    The answer `subject` by `value` (JSON; `said` is what was typed), the results of the step
    `subject` up to `attempt`, or the instrument of the role `subject`, whose identity was `value`.
    """

    item: int
    kind: AmendmentKind
    subject: str
    attempt: int
    value: str
    said: str
    reason: str
    who: str
    t: float
    utc: float
