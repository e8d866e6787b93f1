"""Talking to SENTIO: one command a line, answered with `code,id,message`.

The ten low bits of the code are the error, those above a status (SentioProberDev/Examples-CSharp,
Sentio.BasicTcp). The command set is chosen by `*RCS 1`, which is not answered.
"""

from __future__ import annotations

import math

from drivers.links.link import MessageLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError

NATIVE = "*RCS 1"
ERROR_BITS = 0x3FF
_FIELDS = 3


class Talk:
    """SENTIO at the end of `link`; failures name command and answer."""

    def __init__(self, link: MessageLink) -> None:
        self._link = link

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def choose(self) -> None:
        """The native command set from now on; it is not answered."""
        await self._link.write(NATIVE)

    async def do(self, command: str, timeout: float | None = None) -> str:
        """The message that `command` is answered with; `InstrumentError` for an error code.
        `timeout` in s."""
        answer = await self._link.query(command, timeout)
        fields = answer.strip().split(",", _FIELDS - 1)
        if len(fields) != _FIELDS or not fields[0].isascii() or not fields[0].isdecimal():
            raise self.wrong("the answer is not of the form code,id,message", command, answer)
        error = int(fields[0]) & ERROR_BITS
        if error:
            raise self.wrong(f"the station refused with error {error}", command, fields[2])
        return fields[2].strip()

    async def numbers(
        self, command: str, count: int, timeout: float | None = None
    ) -> tuple[float, ...]:
        """The first `count` numbers that `command` is answered with; `timeout` in s."""
        message = await self.do(command, timeout)
        fields = message.split(",")
        try:
            values = tuple(float(field) for field in fields[:count])
        except ValueError:
            values = ()
        if len(values) != count or not all(map(math.isfinite, values)):
            raise self.wrong(f"{count} numbers were expected", command, message)
        return values

    async def whole(
        self, command: str, count: int = 1, timeout: float | None = None
    ) -> tuple[int, ...]:
        """The first `count` whole numbers that `command` is answered with; `timeout` in s."""
        values = await self.numbers(command, count, timeout)
        if not all(value.is_integer() for value in values):
            raise self.wrong("whole numbers were expected", command, str(values))
        return tuple(int(value) for value in values)

    async def is_on(self, command: str) -> bool:
        """The state 0 or 1 that stands first in the message."""
        (state,) = await self.whole(command)
        if state not in (0, 1):
            raise self.wrong("the answer is no state, 0 or 1", command, str(state))
        return state == 1

    async def resync(self) -> None:
        """Line cleared, the native command set chosen anew."""
        await self._link.resync()
        await self.choose()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the station answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )
