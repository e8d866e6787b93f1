"""Why a message did not arrive."""

from __future__ import annotations


class Undelivered(Exception):
    """A message was not taken. `final`: it makes no sense to try again; `wait` s at least if so."""

    def __init__(self, text: str, *, final: bool = False, wait: float = 0.0) -> None:
        super().__init__(text)
        self.text = text
        self.final = final
        self.wait = wait
