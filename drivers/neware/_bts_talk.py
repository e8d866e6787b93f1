"""Talking to a BTS server: a session, one question at a time, each answer checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from xml.etree.ElementTree import Element

from drivers.codecs import neware, neware_answers
from drivers.codecs.neware import Place
from drivers.links.link import MessageLink
from drivers.links.retry import again
from drivers.links.settings import Backoff
from drivers.links.text import shown
from drivers.remedies import LOOK
from labctl.errors import InstrumentError, LinkError

T = TypeVar("T")

SHOWN = 60
"""Characters of a command after its head that an error shows."""


class Server:
    """The server at the end of `link`, to which `user` logs in again after the line was lost."""

    def __init__(self, link: MessageLink, user: str, password: str) -> None:
        self.link = link
        self._login = neware.connect(user, password)
        self._is_open = False

    @property
    def address(self) -> str:
        """The link's address."""
        return self.link.address

    async def open(self) -> None:
        """Log in; `InstrumentError` where the server refuses it."""
        root = await self._answer("connect", self._login)
        if not neware_answers.is_logged_in(root):
            raise self.wrong(
                "the server refuses the log-in",
                "connect",
                root.findtext("result") or "",
                "correct user and password in the bench file's options",
            )
        self._is_open = True

    async def resync(self) -> None:
        """Line in a known state, logged in."""
        self._is_open = False
        await self.link.resync()
        await self.open()

    async def ask(self, command: str, text: str, read: Callable[[Element], T]) -> T:
        """What `read` makes of the answer to `command`, which may be asked again."""

        async def once() -> T:
            return await self.tell(command, text, read)

        return await again(once, Backoff())

    async def tell(self, command: str, text: str, read: Callable[[Element], T]) -> T:
        """What `read` makes of the answer to `command`, which is sent once."""
        if not self._is_open:
            await self.open()
        root = await self._answer(command, text)
        try:
            return read(root)
        except neware_answers.CorruptAnswer as error:
            answer = shown(neware_answers.as_text(root).encode("utf-8"))
            raise self.wrong(str(error), _brief(text), answer) from error

    async def result(self, command: str, text: str, place: Place) -> str:
        """What a command to one channel came to: `ok` or `false`. It is sent once."""
        return await self.tell(command, text, lambda root: neware_answers.result(root, place))

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the server answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer, remedy=remedy
        )

    async def _answer(self, command: str, text: str) -> Element:
        try:
            answer = await self.link.query(text)
        except LinkError:
            self._is_open = False
            raise
        try:
            return neware_answers.answer_to(command, answer)
        except neware_answers.CorruptAnswer as error:
            command = command if text is self._login else _brief(text)  # it holds the password
            raise self.wrong(str(error), command, shown(answer.encode("utf-8"))) from error


def _brief(text: str) -> str:
    return text.removeprefix(neware.HEAD).removesuffix("</bts>")[:SHOWN]
