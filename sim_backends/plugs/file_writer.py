"""A simulated instrument whose software writes files into a folder: what it is.

Sans-IO like every emulator, but pieces of files instead of bytes on a line: a class that fits
`FileWriter`, made as `EMULATOR(port, serial=..., rng=...)` like any other, on the door `sim:files`
of a bench. It opens no file: the door (`sim_backends/plugs/files_plug.py`) writes the pieces. It
measures by itself, one sample after another, as a station with a sample changer does; nobody asks
it, so nothing is received.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

FORBIDDEN = set('<>:"/\\|?*')
"""What no file name may hold on Windows."""


@dataclass(frozen=True)
class Piece:
    """Bytes that are added to the file `name`; `last` says that the file is whole with them."""

    name: str
    data: bytes
    last: bool


class FileWriter(Protocol):
    """An instrument that writes files. Times are run time in s and never go back."""

    @property
    def suffix(self) -> str:
        """What its files' names end with, such as `.tif`."""
        ...

    @property
    def notes(self) -> str:
        """What the laboratory has laid beside the files, as `labctl-import.toml` (see
        docs/imported-files.md): what the files themselves do not say. Empty: nothing."""
        ...

    def due(self) -> float | None:
        """When it next measures or writes; None while it rests for good."""
        ...

    def send(self, t: float) -> list[Piece]:
        """Do all that is due until `t` and return what is written by then, in order."""
        ...

    def power_on(self, t: float) -> None:
        """It restarts at `t`: a file that it was writing stays cut; it measures again."""
        ...


def portable(name: str) -> bool:
    """Whether every file system takes the file name: no folder, no device, no odd character."""
    stem = name.partition(".")[0].upper()
    reserved = stem in {"CON", "PRN", "AUX", "NUL"} or (
        stem[:-1] in ("COM", "LPT") and stem[-1:].isdigit()
    )
    odd = FORBIDDEN & set(name) or any(ord(letter) < 32 for letter in name)
    return bool(name) and not (reserved or odd or name.endswith((".", " ")))
