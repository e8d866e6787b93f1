"""What instruments have in common that give named values and neither log nor take any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from drivers.instrument import Instrument
from drivers.roles.data_logger import LoggedChannel
from labctl.errors import InstrumentError, LimitRefused, UsageError
from labctl.evidence import Reading


class ReadOnlyChannels(Instrument):
    """The part of the role of a data logger that such an instrument has not.

    `instead` says what to use for writing.
    """

    instead: ClassVar[str] = "use the driver of the instrument's own model"

    async def start(self, channels: Sequence[str], *, sample_rate: float) -> None:
        """`UsageError`: it keeps no log (`sample_rate` in 1/s)."""
        raise self._keeps_no_log()

    async def stop(self) -> None:
        """It never logs, so it does not."""

    async def logged(self, channel: str, *, since: float) -> LoggedChannel:
        """`UsageError`: it keeps no log (`since` in s)."""
        raise self._keeps_no_log()

    async def clock_offset(self) -> Reading:
        """`InstrumentError`: it shows no clock, so there is no offset in s."""
        raise InstrumentError(
            f"the {self.what} shows no clock", address=self.address, command="clock"
        )

    async def set_output(self, channel: str, value: float) -> None:
        """`LimitRefused`: it is not written to, in whatever unit."""
        raise LimitRefused(
            "this driver writes nothing",
            address=self.address,
            command=f"{channel} = {value:g}",
            remedy=self.instead,
        )

    async def outputs(self) -> tuple[str, ...]:
        """None: it is not written to."""
        return ()

    def _keeps_no_log(self) -> UsageError:
        return UsageError(
            f"a {self.what} keeps no log", address=self.address, remedy="read it at intervals"
        )
