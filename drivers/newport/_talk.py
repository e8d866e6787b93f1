"""Talking to a Newport ESP301 (user's manual EDH0235, section 3): commands of one axis.

No command is answered that asks nothing; whether it was carried out stands in the error queue,
ten deep, which `TB?` empties one by one: code, time stamp, text. The time stamp counts servo
cycles of 400 us since power-on, so that one which lags behind the clock tells a restart.
"""

from __future__ import annotations

import math

from drivers.links.link import MessageLink
from drivers.remedies import LOOK
from labctl import clock
from labctl.errors import InstrumentError

QUEUE = "TB?"
DEPTH = 10
CYCLE = 400e-6
"""Seconds of a servo cycle as delivered (ESP300 user's manual, TB, p. 3-138)."""

SLACK, DRIFT = 1.0, 0.01
"""A time stamp may lag by so many s, and by this part of the time since the last, without restart.
"""

AXIS_ERROR = 100
"""Errors of axis 1 are from 100 on, of axis 2 from 200 on; those below are the controller's."""


class Talk:
    """Axis `axis` of a controller at the end of `link`; failures name command and answer."""

    def __init__(self, link: MessageLink, axis: int) -> None:
        self._link = link
        self._axis = axis
        self._powered_on = math.inf
        self._asked = 0.0
        self.restarts = 0

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def ask(self, query: str) -> str:
        """What the axis answers to `query`."""
        return (await self._link.query(f"{self._axis}{query}")).strip()

    async def number(self, query: str) -> float:
        """The finite number that the axis answers to `query`, in its own unit."""
        answer = await self.ask(query)
        try:
            value = float(answer)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.wrong("the answer is no number", query, answer)
        return value

    async def is_on(self, query: str) -> bool:
        """The state 0 or 1 that the axis answers to `query`."""
        answer = await self.ask(query)
        if answer not in ("0", "1"):
            raise self.wrong("the answer is no state, 0 or 1", query, answer)
        return answer == "1"

    async def send(self, text: str) -> None:
        """Send `text` to the axis, whatever comes of it."""
        await self._link.write(f"{self._axis}{text}")

    async def command(self, text: str) -> None:
        """Have `text` carried out; `InstrumentError` with the first error that it left."""
        await self.send(text)
        await self.refuse_errors(text)

    async def refuse_errors(self, command: str) -> None:
        """`InstrumentError` with the first error of the queue, which is emptied."""
        errors = await self.errors()
        if errors:
            code, text = errors[0]
            raise self.wrong(f"the controller reports: {text}", command, f"{code}, {text}")

    async def errors(self) -> list[tuple[int, str]]:
        """Take every error out of the queue, oldest first; those of other axes are left out."""
        found: list[tuple[int, str]] = []
        for _ in range(DEPTH + 1):
            code, text = await self._error()
            if code == 0:
                break
            if code < AXIS_ERROR or code // AXIS_ERROR == self._axis:
                found.append((code, text))
        return found

    async def version(self) -> str:
        """What the controller says of itself."""
        return (await self._link.query("VE?")).strip()

    async def resync(self) -> None:
        """Line in a known state, error queue empty."""
        await self._link.resync()
        await self.errors()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the controller answered wrongly."""
        text = command if command in ("VE?", QUEUE) else f"{self._axis}{command}"
        return InstrumentError(
            what, address=self.address, command=text, answer=answer, remedy=remedy
        )

    async def _error(self) -> tuple[int, str]:
        """One error of the queue; its time stamp tells whether the controller has restarted."""
        answer = await self._link.query(QUEUE)
        code, _, rest = answer.partition(",")
        stamp, _, text = rest.partition(",")
        try:
            number, cycles = int(code), int(stamp)
        except ValueError as error:
            raise self.wrong("the answer is no error with its time", QUEUE, answer) from error
        self._count_restart(cycles * CYCLE)
        return number, text.strip()

    def _count_restart(self, running: float) -> None:
        """Count a restart where the controller runs, in s, for less than it would have since."""
        now = clock.now()
        allowed = SLACK + DRIFT * (now - self._asked)
        if now - running > self._powered_on + allowed:
            self.restarts += 1
        self._powered_on, self._asked = now - running, now
