"""From what a procedure returned to what is judged."""

from __future__ import annotations

from labctl.errors import Defect, JournalError
from labctl.evidence import Evidence
from labctl.journal.plain import decode, encode


def as_journalled(answer: object, procedure: str) -> Evidence:
    """`answer` as the journal will give it back, which is what is judged.

    `Defect` where a procedure returned anything but well-typed evidence.
    """
    if not isinstance(answer, Evidence):
        raise Defect(f"{procedure} returned {type(answer).__name__} instead of Evidence")
    try:
        return decode(encode(answer), Evidence)
    except JournalError as error:
        raise Defect(f"{procedure} returned malformed evidence: {error}") from error
