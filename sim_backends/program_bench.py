"""A simulated bench on which roles may also be programs that a process link starts."""

from __future__ import annotations

from typing import Any

from sim_backends.bench import SimBench
from sim_backends.plugs.program_door import (
    PROGRAM,
    Plug,
    ProgramDoor,
    Unplug,
    plug_nowhere,
    unplug_nowhere,
)


class ProgramBench(SimBench):
    """As `SimBench`, with the door `sim:program` beside its others.

    `plug` and `unplug` tell process links what to start in the place of a program's name.
    """

    def __init__(
        self,
        *args: Any,
        plug: Plug = plug_nowhere,
        unplug: Unplug = unplug_nowhere,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._plug, self._unplug_program = plug, unplug

    def _connect(self, role: str, door: str, emulator: Any, index: int) -> None:
        if door != PROGRAM:
            super()._connect(role, door, emulator, index)
            return
        made = ProgramDoor(self._host(role), emulator, self._plug, self._unplug_program)
        self._doors[role] = made
        made.start()
