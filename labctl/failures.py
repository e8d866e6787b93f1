"""From whatever was raised to the one error that an item reports."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import cast

from labctl.errors import Defect, LabError
from labctl.evidence import Instrument

_log = logging.getLogger(__name__)


def as_lab_error(error: BaseException, item: str) -> LabError:
    """The `LabError` to report for `error`, which is logged with its traceback.

    Of a group of `LabError`s the first stands, with the others as notes; anything that no part
    of labctl foresaw is a `Defect`.
    """
    _log.error("%s: %s", item, error, exc_info=error)
    leaves = list(_leaves(error))
    known = [leaf for leaf in leaves if isinstance(leaf, LabError)]
    if len(known) < len(leaves):
        strange = next(leaf for leaf in leaves if not isinstance(leaf, LabError))
        return _defect(strange)
    for other in known[1:]:
        known[0].add_note(f"also: {other}")
    return known[0]


def name_role(error: LabError, instruments: Iterable[Instrument]) -> None:
    """Note at `error` which role has the address that it names."""
    for one in instruments:
        if one.address and one.address == error.address:
            error.add_note(f"role {one.role}")


def reported(error: LabError) -> dict[str, str]:
    """What `--json` prints of an error, its notes put to the message."""
    row = error.as_dict()
    return {**row, "message": "; ".join([row["message"], *_notes(error)])}


def _notes(error: BaseException) -> list[str]:
    try:
        return error.__notes__
    except AttributeError:  # Python sets it with the first note
        return []


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        for part in group.exceptions:
            yield from _leaves(part)
    else:
        yield error


def _defect(error: BaseException) -> Defect:
    defect = Defect(
        f"{type(error).__name__}: {error}",
        remedy="please report it with the run's log.jsonl, which holds the traceback",
    )
    defect.__cause__ = error
    return defect
