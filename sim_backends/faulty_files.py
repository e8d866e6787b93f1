"""An instrument that writes files with faults on them, and in its power supply.

A transaction is a file. Where a fault acts on it, the file is spoiled as a whole and then written
in as many pieces as before: silence (it never comes), truncate (a cut file that is never
completed), garble, delay, replace, stuck (the content of an earlier file again). A line that is cut
is the folder: it is gone with all files, for good. There is no sensor that a fault can reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim_backends.fault_kinds import Fault, Reboot, Truncate
from sim_backends.faults import Faulted
from sim_backends.plugs.file_writer import FileWriter, Piece


@dataclass
class _Kept:
    """A file whose pieces are held back until it is whole, with the run times of each."""

    number: int
    pieces: list[tuple[float, Piece]]


class FaultyFiles(Faulted):
    """`inner` with `faults`; fits `FileWriter`. `LineLost` from `send` takes the folder away."""

    def __init__(self, inner: FileWriter, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.inner = inner
        self._kept: dict[str, _Kept] = {}
        self._begun: dict[str, int] = {}
        self._late: list[tuple[float, Piece]] = []
        self._back_at: float | None = None

    @property
    def suffix(self) -> str:
        """What its files' names end with."""
        return self.inner.suffix

    @property
    def notes(self) -> str:
        """What lies beside its files."""
        return self.inner.notes

    def due(self) -> float | None:
        """When the instrument, a late piece or a fault is due."""
        times = [self.inner.due() if self._back_at is None else self._back_at]
        times += [t for t, _ in self._late]
        times += [reboot.after for reboot in self._reboots]
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> list[Piece]:
        """What is left of its files until `t`; `LineLost` where the folder is gone."""
        self._power(t)
        if self._back_at is None:
            for piece in self.inner.send(t):
                self._hear(piece, t)
        sent = [piece for when, piece in self._late if when <= t]
        self._late = [(when, piece) for when, piece in self._late if when > t]
        return sent

    def power_on(self, t: float) -> None:
        """It restarts: what was being written stays cut."""
        self._kept, self._late = {}, []
        self.inner.power_on(t)

    def _hear(self, piece: Piece, t: float) -> None:
        """Pass `piece` on, or hold it back where a fault acts on its file."""
        if self._back_at is not None:
            return
        number = self._begun.setdefault(piece.name, self.transactions + 1)
        if piece.name not in self._kept:
            if not any(fault.acts(number, t) for fault in self.faults):
                self._late.append((t, piece))
                self._ended(piece)
                return
            self._kept[piece.name] = _Kept(number, [])
        self._kept[piece.name].pieces.append((t, piece))
        if piece.last:
            self._ended(piece)
            self._spoil(self._kept.pop(piece.name), t)

    def _ended(self, piece: Piece) -> None:
        if piece.last:
            self.transactions += 1
            del self._begun[piece.name]

    def _spoil(self, kept: _Kept, t: float) -> None:
        data = b"".join(piece.data for _, piece in kept.pieces)
        late, whole = 0.0, True
        for fault in self.faults:
            if fault.acts(kept.number, t):
                late += fault.delay()
                data = fault.spoil(self.suffix.encode("utf-8"), data)
                whole = whole and not isinstance(fault, Truncate)
                if isinstance(fault, Reboot):
                    self._back_at = t + fault.seconds
        if data:
            self._write_later(kept.pieces, data, t + late, whole)

    def _write_later(
        self, pieces: list[tuple[float, Piece]], data: bytes, t: float, whole: bool
    ) -> None:
        """Spread `data` over the times of `pieces`, from `t` on."""
        size = -(-len(data) // len(pieces))
        first = pieces[0][0]
        for index, (came, piece) in enumerate(pieces):
            part = data[index * size : (index + 1) * size]
            last = whole and index == len(pieces) - 1
            if part or last:
                self._late.append((t + came - first, Piece(piece.name, part, last)))

    def _power(self, t: float) -> None:
        """Go dark where a restart's time has come, come back where it is over."""
        if self._back_at is not None and self._back_at <= t:
            self._back_at = None
            self.power_on(t)
        for reboot in [each for each in self._reboots if (each.after or 0.0) <= t]:
            self._reboots.remove(reboot)
            self._back_at = t + reboot.seconds
            self._kept, self._late, self._begun = {}, [], {}
