"""Where an answer ends, and its text: a line with a terminator, or a block of bytes."""

from __future__ import annotations

from drivers.codecs import scpi
from drivers.links.received import Finder
from drivers.links.settings import MessageSettings


class Answers:
    """The answers on a line with `settings`: lines, and blocks to the queries named there."""

    def __init__(self, settings: MessageSettings) -> None:
        self._end = settings.read_terminator.encode("ascii")
        self._blocks = settings.blocks
        self._line = _line_finder(self._end)
        self._block = _block_finder(self._end)

    def finder(self, command: str) -> Finder:
        """Finds the end of the answer to `command`, its terminator included.

        It raises `ValueError` for a block that is none, or that something else follows.
        """
        return self._block if self.is_block(command) else self._line

    def text(self, command: str, answer: bytes | bytearray) -> str:
        """`answer` without its terminator; of a block one character a byte."""
        body = answer.removesuffix(self._end)
        if self.is_block(command):
            return body.decode("latin-1")
        return body.decode("ascii", "backslashreplace")

    def is_block(self, command: str) -> bool:
        """Whether `command` is answered with a block."""
        return bool(self._blocks) and command.partition(" ")[0] in self._blocks


def _line_finder(terminator: bytes) -> Finder:
    size = len(terminator)

    def find(buffer: bytearray) -> int | None:
        at = buffer.find(terminator)
        return None if at < 0 else at + size

    return find


def _block_finder(terminator: bytes) -> Finder:
    def find(buffer: bytearray) -> int | None:
        end = scpi.block_size(bytes(buffer[: scpi.LONGEST_HEAD]))
        if end is None or len(buffer) < end:
            return None
        after = bytes(buffer[end : end + len(terminator)])
        if not terminator.startswith(after):
            raise ValueError(f"more follows the block of {end} bytes: {after!r}")
        return end + len(terminator) if after == terminator else None

    return find
