"""A check of conformance: one rule put to one driver, emulator or golden file of a lab."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labctl.labs import Lab


@dataclass(frozen=True)
class Check:
    """`rule` of the thing `subject` ("driver acme.k7"); `find` yields what is wrong, in words.

    Looking for it may take a second; a check is made without looking.
    """

    subject: str
    rule: str
    find: Callable[[], Iterable[str]]

    @property
    def name(self) -> str:
        """What a test report calls it."""
        return f"{self.subject}: {self.rule}"

    def findings(self) -> list[str]:
        """What is wrong; an empty list where it conforms."""
        return list(self.find())

    def __str__(self) -> str:
        return self.name


Conformance = Callable[["Lab"], Iterable[Check]]
"""Every check of a lab's drivers, emulators and golden files, found from its folders.

`BenchError` where a folder of the lab cannot be found, or a table of it cannot be read.
"""
