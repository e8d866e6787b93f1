"""Objects of a simulated bench to plain data, and back into the same bench built anew.

A bench that is built twice from the same file, device and seed has the same objects in the same
places. So each gets a number right after it was built; a snapshot says by these numbers what every
object has become, and describes objects that came later in full. Functions, classes and methods
are no state: they stay, and are compared by name. Nothing is run from a snapshot, and no class is
taken that is not there.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

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
        self._staying = staying
        numbering = Writer((), staying)
        for root in self._roots.values():
            numbering.value(root)
        self._born = numbering.met

    def freeze(self) -> Plain:
        """What the bench is now, as plain data; `Defect` names what cannot be kept."""
        writer = Writer(self._born, self._staying)
        return [[name, writer.value(root)] for name, root in self._roots.items()]

    def thaw(self, state: Plain) -> None:
        """Put this bench, as it was built, into the state that `freeze` told of another.

        `Defect` where the snapshot is one of a bench built from other code, and then the bench is
        of no more use.
        """
        forms = {name: form for name, form in state}
        if list(forms) != list(self._roots):
            raise Defect("the snapshot is one of another bench")
        reader = Reader(self._born)
        for name, root in self._roots.items():
            if reader.value(forms[name], root) is not root:
                raise Defect(f"the snapshot is one of another bench: {name}")

    def frozen(self) -> bytes:
        """As `freeze`, packed; `Defect` where it is more than `MOST` bytes."""
        text = json.dumps(self.freeze(), ensure_ascii=False, separators=(",", ":"))
        data = zlib.compress(text.encode("utf-8"), 1)
        if len(data) > MOST:
            raise Defect(f"a snapshot of {len(data)} bytes is too large; {MOST} are allowed")
        return data

    def thawed(self, data: bytes) -> None:
        """As `thaw`, of what `frozen` gave."""
        self.thaw(json.loads(zlib.decompress(data)))
