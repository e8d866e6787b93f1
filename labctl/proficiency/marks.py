"""What the trials of a procedure come to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import msgspec

from labctl.judging.outcome import Outcome
from labctl.proficiency.bounds import bounds, edge_bound
from labctl.proficiency.scores import mean, rms
from labctl.proficiency.trial import Found

SHOWN = 3
"""How many errors are told of."""


class Marks(msgspec.Struct, frozen=True):
    """The result of a procedure on the indicator `id`.

    Of `draws` blind devices `misses` have their true value outside the interval; `u_ratio` is the
    rms of z, `bias` its mean. Of `edge` devices on the wrong side `edge_pass` passed; of `mirror`
    devices on the right side `mirror_fail` failed. `why` says what is not `ok`.
    """

    id: str
    draws: int
    misses: int
    u_ratio: float
    bias: float
    edge: int
    edge_pass: int
    ok: bool
    mirror: int = 0
    mirror_fail: int = 0
    why: tuple[str, ...] = ()


def of_figure(
    id: str, draws: Sequence[Found], wrong: Sequence[Found], right: Sequence[Found]
) -> Marks:
    """The marks of a figure."""
    z = [one.z for one in draws if not one.error]
    misses = sum(not one.held for one in draws)
    passed = sum(one.outcome == Outcome.PASS for one in wrong)
    failed = sum(one.outcome == Outcome.FAIL for one in right)
    why = [
        *_errors((*draws, *wrong, *right)),
        *_outside(len(draws), misses, rms(z), mean(z)),
        *_edges("PASS", "wrong", passed, len(wrong)),
        *_edges("FAIL", "right", failed, len(right)),
    ]
    return Marks(
        id,
        len(draws),
        misses,
        rms(z),
        mean(z),
        len(wrong),
        passed,
        not why,
        len(right),
        failed,
        tuple(why),
    )


def of_known(id: str, found: Sequence[Found]) -> Marks:
    """The marks of what is right or wrong: every right device passes, no wrong one does."""
    right = [one for one in found if one.trial.dut == "nominal"]
    wrong = [one for one in found if one.trial.dut == "failing"]
    lost = sum(one.outcome != Outcome.PASS for one in right)
    passed = sum(one.outcome != Outcome.FAIL for one in wrong)
    why = [
        *_errors(found),
        *([f"{lost} of {len(right)} right ones not found right"] if lost else []),
        *([f"{passed} of {len(wrong)} wrong ones not found wrong"] if passed else []),
    ]
    count = len(found)
    return Marks(id, count, lost + passed, nan, nan, 0, 0, not why, why=tuple(why))


def failed(id: str, why: str) -> Marks:
    """The marks of a procedure that could not be tried."""
    return Marks(id, 0, 0, nan, nan, 0, 0, False, why=(why,))


def _outside(draws: int, misses: int, ratio: float, bias: float) -> list[str]:
    limit = bounds(draws)
    why: list[str] = []
    if misses > limit.misses:
        why.append(f"{misses} misses, more than {limit.misses}")
    if not limit.low <= ratio <= limit.high:
        why.append(f"rms z {ratio:.2f}, not within {limit.low:.2f} .. {limit.high:.2f}")
    if not abs(bias) <= limit.bias:
        why.append(f"mean z {bias:+.2f}, beyond {limit.bias:.2f}")
    return why


def _edges(outcome: str, side: str, count: int, devices: int) -> list[str]:
    most = edge_bound(devices)
    if count <= most:
        return []
    return [f"{count} {outcome} of {devices} edge devices on the {side} side, more than {most}"]


def _errors(found: Sequence[Found]) -> list[str]:
    told = [f"seed {one.trial.seed}: {one.error}" for one in found if one.error]
    more = [f"{len(told) - SHOWN} more errors"] if len(told) > SHOWN else []
    return [*told[:SHOWN], *more]
