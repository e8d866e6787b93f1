"""Whether a verdict of PASS can be expected: the answer of a plan, and when it is which."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

SURE = 0.95
"""Probability of PASS from which on a figure is attainable."""

HOPELESS = 0.05
"""Probability of PASS below which it is not."""


class Answer(StrEnum):
    """What a plan says of a row, an item or a run; the English words are the value."""

    ATTAINABLE = "attainable"
    AT_RISK = "at risk"
    NOT_ATTAINABLE = "not attainable"
    BY_DOCUMENTS = "by documents"


WORST_FIRST = (Answer.NOT_ATTAINABLE, Answer.AT_RISK, Answer.ATTAINABLE)

EXIT_CODES = {Answer.NOT_ATTAINABLE: 1, Answer.AT_RISK: 2}
"""What `labctl plan` ends with; 0 for every other answer."""


def worst(answers: Iterable[Answer]) -> Answer:
    """The answer that stands over several; what is shown by documents is no matter of a plan."""
    found = set(answers)
    return next((one for one in WORST_FIRST if one in found), Answer.BY_DOCUMENTS)


def by_probability(p_pass: float) -> Answer:
    """The answer for a figure that gets a PASS with this probability."""
    if p_pass >= SURE:
        return Answer.ATTAINABLE
    return Answer.AT_RISK if p_pass >= HOPELESS else Answer.NOT_ATTAINABLE
