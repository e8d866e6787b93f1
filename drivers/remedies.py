"""What to do about an answer that is not what the command is answered with."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from labctl.errors import InstrumentError

LOOK = "look the command up in the instrument's manual; check the line, and who else talks on it"
"""Where nothing more is known: the instrument refuses, or the line spoils what it says."""

ANOTHER = "correct the address or the driver in the bench file"
"""Where another instrument answers."""

NOT_THERE = ("exception 1", "exception 2", "exception 3")
"""Answers of a Modbus device that has not the function, the register or so many of them."""


@contextmanager
def being(model: str) -> Generator[None]:
    """Inside the `with` block is read what every `model` has: a Modbus exception that it is not
    there raises the `InstrumentError` of another instrument."""
    try:
        yield
    except InstrumentError as error:
        if error.answer not in NOT_THERE:
            raise
        raise InstrumentError(
            f"this is no {model} ({error.message})",
            address=error.address,
            command=error.command,
            answer=error.answer,
            remedy=ANOTHER,
        ) from error
