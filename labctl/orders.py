"""Orders: what people tell a run that is under way."""

from __future__ import annotations

import msgspec


class Pause(msgspec.Struct, frozen=True, tag="pause"):
    """Hold the bench at the next checkpoint, between two steps or points of an exposure."""

    who: str = ""


class Continue(msgspec.Struct, frozen=True, tag="continue"):
    """Go on after a pause, or after a hold that a person has to release."""

    who: str = ""


class Abort(msgspec.Struct, frozen=True, tag="abort"):
    """Leave everything at once, bench safe; the run can be resumed."""

    who: str = ""
    why: str = ""


class Amend(msgspec.Struct, frozen=True, tag="amend"):
    """Another answer to the prompt `subject`; the one before is superseded and kept.

    `second` is who confirms it, where the prompt needs two persons.
    """

    item: int
    subject: str
    value: str
    reason: str
    who: str = ""
    second: str = ""


class Redo(msgspec.Struct, frozen=True, tag="redo"):
    """Do the step `subject` again; the result before is superseded and kept."""

    item: int
    subject: str
    reason: str
    who: str = ""


class Swap(msgspec.Struct, frozen=True, tag="swap"):
    """Take another instrument for the role `subject` from now on."""

    item: int
    subject: str
    reason: str
    who: str = ""


class Remark(msgspec.Struct, frozen=True, tag="remark"):
    """Note in the journal that something happened to the run, which goes on."""

    kind: str
    text: str


Order = Pause | Continue | Abort | Amend | Redo | Swap | Remark
"""Any of the above."""
