"""Objects of a simulated bench to plain data, and back into the same bench built anew.

A bench that is built twice from the same file, device and seed has the same objects in the same
places. So each gets a number right after it was built; a snapshot says by these numbers what every
object has become, and describes objects that came later in full. Functions, classes and methods
are no state: they stay, and are compared by name. Nothing is run from a snapshot, and no class is
taken that is not there.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from labctl.errors import Defect
from sim_backends.snapshot.plain import Plain
from sim_backends.snapshot.reader import Reader
from sim_backends.snapshot.writer import Writer

MOST = 64 * 1024
"""Bytes that a snapshot may have."""


class Graph:
    """The objects below `roots`, numbered as they were when the bench was built.

    Objects of the packages `staying` are no state: they stay as they are.
    """

    def __init__(self, roots: Mapping[str, Any], staying: tuple[str, ...] = ()) -> None:
        self._roots = dict(roots)
        self._writer = Writer([*self._roots.values()], staying)
        self._texts: list[bytes] = []
        self._packed = b""

    def freeze(self) -> Plain:
        """What the bench is now, as plain data; `Defect` names what cannot be kept."""
        return msgspec.json.decode(self._text(self._writer.texts()))

    def thaw(self, state: Plain) -> None:
        """Put this bench, as it was built, into the state that `freeze` told of another.

        `Defect` where the snapshot is one of a bench built from other code, and then the bench is
        of no more use.
        """
        try:
            forms, objects = dict(state["roots"]), state["objects"]
        except TypeError as error:
            raise Defect("the snapshot is one of another labctl") from error
        if list(forms) != list(self._roots):
            raise Defect("the snapshot is one of another bench")
        self._writer.forget()
        reader = Reader(self._writer.born, objects)
        for name, root in self._roots.items():
            if reader.value(forms[name], root) is not root:
                raise Defect(f"the snapshot is one of another bench: {name}")

    def frozen(self) -> bytes:
        """As `freeze`, packed; `Defect` where it is more than `MOST` bytes."""
        texts = self._writer.texts()
        if texts != self._texts:
            data = zlib.compress(self._text(texts), 1)
            if len(data) > MOST:
                raise Defect(f"a snapshot of {len(data)} bytes is too large; {MOST} are allowed")
            self._texts, self._packed = texts, data
        return self._packed

    def thawed(self, data: bytes) -> None:
        """As `thaw`, of what `frozen` gave."""
        self.thaw(msgspec.json.decode(zlib.decompress(data)))

    def _text(self, texts: list[bytes]) -> bytes:
        named = msgspec.json.encode([*zip(self._roots, self._writer.forms(), strict=True)])
        return b'{"roots":' + named + b',"objects":[' + b",".join(texts) + b"]}"
