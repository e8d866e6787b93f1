"""What every rig is: roles that can arrange themselves and be made safe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from drivers.driver import Driver


class Rig(Protocol):
    """A dataclass of roles. `name` is that of its benches: `benches/sim/<name>.toml`.

    A rig that can hurt somebody says `hazardous: bool = True` and starts only on a bench that names
    a hardware interlock (`rigs/hazard.py`).
    """

    name: str

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe."""
        ...

    async def safe(self) -> None:
        """Take every role to its safe state, in the declared order; all are tried, also when one
        fails, and the failures are raised together afterwards."""
        ...
