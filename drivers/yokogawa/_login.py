"""Logging in at an AQ6370 on Ethernet, before anything else and again after a lost line.

AQ6370C/D remote control manual, Ethernet interface: OPEN "user", answered with AUTHENTICATE
CRAM-MD5., then the password in plain text, answered with READY; CLOSE logs out.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from drivers.links.link import MessageLink
from labctl.errors import InstrumentError, LinkError

NO_PASSWORD = " "
"""What stands for no password: the user anonymous has any, and an empty line asks for a challenge
(other parties' drivers of the AQ6370C send a space)."""

TIMEOUT = 5.0
"""Seconds to wait for an answer to the log-in."""

OPEN_LINES = ("GPIB", "ASRL", "USB")
"""Interfaces without log-in, as VISA names them."""


@dataclass(frozen=True)
class User:
    """Who logs in; the password is shown nowhere."""

    name: str = "anonymous"
    password: str = field(default=NO_PASSWORD, repr=False)


class LoggedIn:
    """A `MessageLink` around `link` on which `user` is logged in before anything is sent.

    `entries` counts how often the line was taken up anew: in between the analyser may have
    restarted.
    """

    def __init__(self, link: MessageLink, user: User) -> None:
        self._link = link
        self._user = user
        self._needed = not any(f"://{name}" in link.address.upper() for name in OPEN_LINES)
        self._inside = not self._needed
        self.entries = 0

    @property
    def address(self) -> str:
        """Where the link goes."""
        return self._link.address

    async def write(self, command: str) -> None:
        """Send `command`."""
        await self._enter()
        try:
            await self._link.write(command)
        except LinkError:
            self._leave()
            raise

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Send `command`, return its answer. `timeout` in s."""
        await self._enter()
        try:
            return await self._link.query(command, timeout)
        except LinkError:
            self._leave()
            raise

    async def resync(self) -> None:
        """The line in a known state; who was logged in logs in anew."""
        self._leave()
        await self._link.resync()

    async def close(self) -> None:
        """Log out, give the line back."""
        if self._needed and self._inside:
            with contextlib.suppress(LinkError):  # on a lost line nobody is logged in
                await self._link.write("CLOSE")
        await self._link.close()

    async def _enter(self) -> None:
        """Log in where nobody is; `InstrumentError` where the analyser lets nobody in."""
        if self._inside:
            return
        command = f'OPEN "{self._user.name}"'
        answer = await self._link.query(command, TIMEOUT)
        if not answer.strip().upper().startswith("AUTHENTICATE"):
            raise self._refused(command, answer)
        ready = await self._link.query(self._user.password or NO_PASSWORD, TIMEOUT)
        if ready.strip().upper() != "READY":
            raise self._refused(command, ready)
        self._inside = True

    def _leave(self) -> None:
        self._inside = not self._needed
        self.entries += 1

    def _refused(self, command: str, answer: str) -> InstrumentError:
        return InstrumentError(
            "the analyser lets nobody in",
            address=self.address,
            command=command,
            answer=answer,
            remedy="name user and password in the role's options in the bench file",
        )
