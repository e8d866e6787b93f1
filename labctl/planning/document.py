"""A plan as plain data: what `labctl plan --json` prints.

Times are in s, counted from the begin of the item; numbers of a row are in its `unit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import msgspec

from labctl.agreement import Rule
from labctl.indicator import EvidenceKind, Limit, Truth
from labctl.planning.answers import Answer
from labctl.quantity import Quantity
from labctl.rehearsing import Guard, StandIn
from labctl.words import Text, Words, said

FORMAT = "labctl-plan-1"
"""Version of the document; keys may be added to it, never taken away."""


class Part(msgspec.Struct, frozen=True):
    """A source of uncertainty: `u` is what it adds alone, `share` its part of u squared (0..1)."""

    source: str
    u: float
    share: float


class RowPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is predicted of one criterion, for a device whose true value is `expected`.

    `u`, `U` and `k` as a verdict has them, of the rehearsal with the largest U; `U_low` is the
    smallest. `margin` is how far `expected` lies inside the nearest limit, `ratio` margin over U.
    A reading from `accept_low` to `accept_high` is a PASS by the agreement's rule. `p_pass` is the
    probability that such a device gets one, `risk` that of a wrong decision where it reads exactly
    `expected`. `outcomes` are those of the rehearsals; `parts` the largest sources of u. The ends
    of a range are rows of their own.
    """

    key: str
    quantity: str
    op: str
    answer: Answer
    unit: str | None = None
    limit: Limit = None
    expected: Truth | None = None
    u: float | None = None
    U: float | None = None
    U_low: float | None = None
    k: float | None = None
    margin: float | None = None
    ratio: float | None = None
    accept_low: float | None = None
    accept_high: float | None = None
    p_pass: float | None = None
    risk: float | None = None
    outcomes: tuple[str, ...] = ()
    reasons: tuple[Words, ...] = ()
    parts: tuple[Part, ...] = ()
    ends: tuple[RowPlan, ...] = ()


class ConditionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the rehearsals say of a condition: its worst `state` (see `ConditionVerdict`).

    `u` and `tolerance` are in `unit`; None for a condition in words.
    """

    name: str
    state: str
    required: str
    unit: str = ""
    u: float | None = None
    tolerance: float | None = None
    reason: str = ""


class StepPlan(msgspec.Struct, frozen=True):
    """A step that no other contains: when it begins and how long it takes.

    `exposure`: it is committed in parts, and a resumed run goes on inside it. `steps` is how many
    steps it contains.
    """

    name: str
    begin: float
    length: float
    exposure: bool = False
    steps: int = 0


class PromptPlan(msgspec.Struct, frozen=True):
    """What a person is asked, `at` how many s; the run waits until it is answered.

    `kind` is that of the prompt, or "declare" for a condition in words before the first step.
    """

    name: str
    kind: str
    text: Words
    at: float = 0.0


class Disk(msgspec.Struct, frozen=True):
    """Bytes that a run on a real bench will take: the journal's, and those of attachments."""

    journal: int = 0
    attachments: int = 0


class CertificatePlan(msgspec.Struct, frozen=True, kw_only=True):
    """A calibration: `of` a role or the reference cell, with its number and days (ISO 8601).

    `state` is "lasts", "ends" (during `item`), "ended" (before the run), or "unknown".
    """

    of: str
    number: str
    state: str
    calibrated: str | None = None
    due: str | None = None
    item: str = ""


class ItemPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is predicted of one indicator.

    `bench` names the bench that it is rehearsed on, "" where it is not. `duration` is that of the
    whole item, None where it was not rehearsed to its end. `reasons` say
    what keeps it from being attainable, `to_agree` what is not agreed or not stated yet. `used` is
    None where the rig does not tell what it uses up. `error` is what ended a rehearsal, with its
    `role`.
    """

    id: str
    name_en: str
    name_zh: str
    evidence: EvidenceKind
    answer: Answer
    reasons: tuple[Words, ...] = ()
    to_agree: tuple[Words, ...] = ()
    procedure: str = ""
    bench: str = ""
    rows: tuple[RowPlan, ...] = ()
    conditions: tuple[ConditionPlan, ...] = ()
    duration: float | None = None
    begin: float = 0.0
    steps: tuple[StepPlan, ...] = ()
    prompts: tuple[PromptPlan, ...] = ()
    disk: Disk = Disk()
    used: dict[str, Quantity] | None = None
    rehearsals: int = 0
    left_out: tuple[Words, ...] = ()
    error: dict[str, str] | None = None


class BenchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A bench of the run: what is real of it, what stands in for it, what guards it."""

    name: str
    path: str
    sha256: str
    real: bool
    stand_ins: tuple[StandIn, ...] = ()
    guards: tuple[Guard, ...] = ()
    hazardous: bool = False
    hardware_interlock: str = ""
    certificates: tuple[CertificatePlan, ...] = ()


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The whole plan: the worst answer of its items, and the sums over them."""

    format: str = FORMAT
    answer: Answer
    targets: tuple[str, ...]
    made: str
    labctl: str
    rule: Rule
    agreement: str
    dut: str
    seed: int
    rehearsals: int
    benches: tuple[BenchPlan, ...]
    items: tuple[ItemPlan, ...]
    duration: float
    disk: Disk
    used: dict[str, Quantity]
    used_unknown: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it: sentences in English."""
        return _plain(msgspec.to_builtins(self))


def _plain(value: Any) -> Any:
    """Plain data in which every sentence that has figures in it is written out."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in cast("Sequence[Any]", value)]
    if not isinstance(value, dict):
        return value
    rows = cast("dict[str, Any]", value)
    if rows.keys() == {"template", "values"}:
        return said(msgspec.convert(rows, Text))
    return {name: _plain(one) for name, one in rows.items()}
