"""Talking to an EmStat Pico: a script is sent whole, its packages come one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drivers.codecs import methodscript
from drivers.codecs.methodscript import (
    Begin,
    CorruptLine,
    End,
    Finished,
    Package,
    Refused,
    Text,
    Value,
)
from drivers.links.link import BytesLink
from drivers.remedies import LOOK
from labctl.errors import InstrumentError
from labctl.evidence import Identity

NO_SCRIPT = 0x0006
"""A command that does not fit: `Z` where no script is running, another one where one is."""

ABORT_TRIES = 5
_VERSION = re.compile(r"tespico(\d+)#([ -~]+)\n(?:[ -~]*)\*\n")
_SERIAL = re.compile(r"i([!-~]{4,40})\n")

Scan = list[tuple[Value, ...]]


def line_frame(data: bytes) -> int | None:
    """The end of the first line; `ValueError` where it is too long to be one."""
    end = data.find(b"\n") + 1
    if not end and len(data) > methodscript.LONGEST:
        raise ValueError("a line without end")
    return end or None


def version_frame(data: bytes) -> int | None:
    """The end of the answer to `t`, whose last line ends with `*`, or of an error's line."""
    if b"!" in data[:2]:
        return line_frame(data)
    end = data.find(b"*\n")
    if end < 0 and len(data) > methodscript.LONGEST:
        raise ValueError("a version without end")
    return end + 2 if end >= 0 else None


SPOILT = b"\n?\n\n"
"""Ends a script of which somebody left a part on the line, with a line that is no command: so what
was told of it is refused as a whole and not run."""


class Talk:
    """An EmStat Pico at the end of `link`; every failure names address, command, answer."""

    def __init__(self, link: BytesLink) -> None:
        self._link = link

    @property
    def address(self) -> str:
        """The link's address."""
        return self._link.address

    async def identity(self) -> Identity:
        """Who answers `t` and `i`; `InstrumentError` where it is no EmStat Pico."""
        answer = (await self._link.exchange(b"t\n", version_frame)).decode("ascii", "replace")
        if answer.startswith(f"t!{NO_SCRIPT:04X}"):
            raise self.wrong("a script is running", "t", answer, "end it with resync first")
        version = _VERSION.fullmatch(answer)
        if version is None:
            raise self.wrong(
                "this is no EmStat Pico",
                "t",
                answer,
                "correct the address or the driver in the bench file",
            )
        answer = (await self._link.exchange(b"i\n", line_frame)).decode("ascii", "replace")
        serial = _SERIAL.fullmatch(answer)
        if serial is None or "!" in serial[1]:
            raise self.wrong("the answer is no serial number", "i", answer)
        return Identity("PalmSens", "EmStat Pico", serial[1], f"{version[1]} {version[2]}")

    async def run(
        self, script: str, kinds: Sequence[frozenset[str]], *, timeout: float
    ) -> list[Scan]:
        """Run `script` to its end; the packages of each scan, each value of the kind asked for.

        `timeout` in s is that of one package. A script that is refused or broken off, and a
        package that is not of its form, are `InstrumentError`; the script is aborted then.
        """
        try:
            return await self._collect(script, kinds, timeout)
        except InstrumentError:
            await self.abort()
            raise

    async def abort(self) -> None:
        """End what is running; `InstrumentError` where it does not end."""
        await self._link.write(b"\nZ\n")
        await self._link.resync()
        answer = ""
        for _ in range(ABORT_TRIES):
            answer = (await self._link.exchange(b"Z\n", line_frame)).decode("ascii", "replace")
            if answer == f"Z!{NO_SCRIPT:04X}\n":
                return
            await self._link.resync()
        raise self.wrong("a script does not end", "Z", answer, "switch the instrument off and on")

    async def resync(self) -> None:
        """Line in a known state, no script running, and none half told."""
        await self._link.write(SPOILT)
        await self.abort()

    async def close(self) -> None:
        """Give the line back."""
        await self._link.close()

    def wrong(self, what: str, command: str, answer: str, remedy: str = LOOK) -> InstrumentError:
        """The error that says that the instrument answered wrongly."""
        return InstrumentError(
            what, address=self.address, command=command, answer=answer.strip("\n"), remedy=remedy
        )

    async def _collect(
        self, script: str, kinds: Sequence[frozenset[str]], timeout: float
    ) -> list[Scan]:
        command = _told(script)
        first = await self._link.exchange(script.encode("ascii"), line_frame)
        text = first.decode("ascii", "backslashreplace").removesuffix("\n")
        if not text.startswith("e"):
            raise self.wrong("the script was not taken", command, text)
        if text.startswith("e!"):
            self._values(text, kinds, command)
        line = text[1:] or await self._line(timeout)
        scans: list[Scan] = [[]]
        while line != "":
            values = self._values(line, kinds, command)
            if values is not None:
                scans[-1].append(values)
            elif line.startswith("C") and scans[-1]:
                scans.append([])
            line = await self._line(timeout)
        return scans

    def refuse_overload(self, potential: Value, command: str) -> None:
        """`InstrumentError` where a potential is marked as beyond what is measured."""
        if potential.overloaded:
            raise self.wrong(
                "the potential is beyond the range",
                command,
                f"{potential.value:g} V, overload",
                "check the electrodes: the reference may hang in the air",
            )

    async def _line(self, timeout: float) -> str:
        data = await self._link.read_until(line_frame, timeout)
        return data.decode("ascii", "backslashreplace").removesuffix("\n")

    def _values(
        self, line: str, kinds: Sequence[frozenset[str]], command: str
    ) -> tuple[Value, ...] | None:
        """The values of a package, None for a line that carries none."""
        try:
            answer = methodscript.decode(line)
        except CorruptLine as error:
            raise self.wrong(str(error), command, line) from error
        match answer:
            case Refused(_, code, where):
                raise self.wrong(f"error {code:04X} in the script, {where}", command, line)
            case Package(values):
                if len(values) != len(kinds) or any(
                    value.kind not in kind for value, kind in zip(values, kinds, strict=True)
                ):
                    raise self.wrong("the package holds other values", command, line)
                return values
            case Begin() | End() | Text() | Finished():
                return None


def _told(script: str) -> str:
    """The line of a script that says what it is, for an error."""
    measuring = (line for line in script.split("\n") if line.startswith("meas"))
    return next(measuring, "e")
