"""A line to nobody: it has an address and refuses every transaction.

For a rig that is assembled to compute again from what was recorded, where nothing may be sent.
"""

from __future__ import annotations

from typing import Any

from labctl.errors import UsageError


class RefusingLink:
    """Stands for a link of any kind at `address`; `UsageError` for every transaction."""

    def __init__(self, address: str) -> None:
        self._address = address

    @property
    def address(self) -> str:
        """The address of the line that is not there."""
        return self._address

    async def resync(self) -> None:
        """There is nothing to bring to a known state."""

    async def close(self) -> None:
        """There is nothing to give back."""

    async def _refuse(self, *what: Any, **more: Any) -> Any:
        raise self._refused(what)

    def _refuse_stream(self, *what: Any, **more: Any) -> Any:
        raise self._refused(what)

    def _refused(self, what: tuple[Any, ...]) -> UsageError:
        return UsageError(
            "no instrument may be used here: the rig is assembled from what was recorded",
            address=self._address,
            command=" ".join(map(str, what)),
            remedy="use instruments inside steps only",
        )

    write = query = exchange = read_until = _refuse
    read_holding = read_input = write_registers = read_identification = _refuse
    read = publish = request = start = measure = wait = next = call = _refuse
    notifications = messages = _refuse_stream
