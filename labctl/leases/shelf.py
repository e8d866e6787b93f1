"""The files of a folder of leases.

    <slug>-<hash>.<number>.lease    who holds an instrument, or `{}` where nobody does
    <token>.pulse                   the counter of one holder

Of one instrument the highest number counts. A file is made only where there is none of its
number, and one is removed only when a higher one is there. So whoever makes a number that was free
is either the only one, or finds a higher one and has come too late.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

import msgspec

from labctl.leases.lease import Lease, Pulse

FREE = b"{}"
"""What stands in a file that says that nobody holds the instrument."""


class Shelf:
    """The folder `path` of leases, made where it is missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def top(self, stem: str) -> int:
        """The highest number of `stem`; 0 where nobody ever held it."""
        return max(self._numbers(stem), default=0)

    def tops(self) -> dict[str, int]:
        """Highest number by stem, of all instruments."""
        found: dict[str, int] = {}
        for name in os.listdir(self.path):
            stem, number = _parted(name)
            if number:
                found[stem] = max(number, found.get(stem, 0))
        return found

    def read(self, stem: str, number: int) -> Lease | bytes | None:
        """The lease in a file; None where it says free or is gone, its bytes where it is no lease.

        A file that is being written, or whose writer died, is no lease yet.
        """
        try:
            data = self._file(stem, number).read_bytes()
        except FileNotFoundError:
            return None
        if data == FREE:
            return None
        try:
            return msgspec.json.decode(data, type=Lease)
        except msgspec.DecodeError:
            return data

    def make(self, stem: str, number: int, lease: Lease) -> bool:
        """Make the lease of a number; False where another run was faster."""
        if not self._create(stem, number, msgspec.json.encode(lease)):
            return False
        if self.top(stem) > number:
            self._remove(self._file(stem, number))
            return False
        self._tidy(stem, number)
        return True

    def free(self, stem: str, number: int) -> bool:
        """Say with a file of this number that nobody holds `stem`; False where one is there."""
        made = self._create(stem, number, FREE)
        if made:
            self._tidy(stem, number)
        return made

    def pulse(self, token: str) -> Pulse | None:
        """A holder's counter; None where it has none."""
        try:
            return msgspec.json.decode((self.path / f"{token}.pulse").read_bytes(), type=Pulse)
        except (OSError, msgspec.DecodeError):
            return None

    def write_pulse(self, token: str, pulse: Pulse) -> None:
        """Write a holder's counter, whole or not at all; `OSError` where it cannot be written."""
        file = self.path / f"{token}.pulse"
        fresh = file.with_suffix(".pulse-new")
        fresh.write_bytes(msgspec.json.encode(pulse))
        os.replace(fresh, file)

    def end_pulse(self, token: str) -> None:
        """Take a holder's counter away."""
        for suffix in (".pulse", ".pulse-new"):
            self._remove(self.path / f"{token}{suffix}")

    def _create(self, stem: str, number: int, data: bytes) -> bool:
        try:
            with open(self._file(stem, number), "xb") as file:
                file.write(data)
        except FileExistsError:
            return False
        return True

    def _tidy(self, stem: str, number: int) -> None:
        for older in self._numbers(stem):
            if older < number:
                self._remove(self._file(stem, older))

    def _numbers(self, stem: str) -> list[int]:
        return [
            number
            for found, number in map(_parted, os.listdir(self.path))
            if found == stem and number
        ]

    def _file(self, stem: str, number: int) -> Path:
        return self.path / f"{stem}.{number}.lease"

    def _remove(self, file: Path) -> None:
        # Where another process has it open, Windows keeps it: it counts no more, and the next
        # holder removes it.
        with suppress(OSError):
            file.unlink()


def stem_of(key: str) -> str:
    """A file's name for a key: what a person can read of it, and its hash."""
    words = re.sub(r"[^A-Za-z0-9.]+", "-", key).strip("-.")[:60]
    return f"{words.replace('.', '_')}-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:12]}"


def _parted(name: str) -> tuple[str, int]:
    """Stem and number of a lease's file; number 0 for any other."""
    stem, _, rest = name.partition(".")
    number, _, kind = rest.partition(".")
    return (stem, int(number)) if kind == "lease" and number.isdecimal() else (name, 0)
