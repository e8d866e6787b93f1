"""What is wrong with a run, by what became of its data."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["altered", "lost", "missing", "verdict", "reduction"]
"""altered: not what was written; lost: shorter than it was; missing: a file is not there; verdict:
another one follows from what the journal holds; reduction: another figure follows from the
readings."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong, in words."""

    kind: Kind
    text: str

    def __str__(self) -> str:
        return self.text
