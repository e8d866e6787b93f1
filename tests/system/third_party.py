"""Another client's look at the served photovoltaic bench: what is on, over sockets of its own.

Written from the makers' manuals and docs/protocols/llp1.md, with nothing of ours in between.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType

from labctl.clock import stopwatch
from tests.serving import Served

PATIENCE = 1.0
PAUSE = 0.005
LOOP_MODE, OUTPUT, MANUAL = 273, 4, 1
"""Registers of a Eurotherm 3216, HA028651."""

ROLES = ("lamp", "bender", "chuck")
"""Roles whose line is one client's."""


class Lines:
    """Lines of text over a socket of its own."""

    def __init__(self, place: tuple[str, int]) -> None:
        self._socket = socket.create_connection(place, PATIENCE)
        self._reader = self._socket.makefile("rb")

    def ask(self, line: bytes) -> bytes:
        """The answer to `line`, without its end."""
        self._socket.sendall(line + b"\n")
        return self._reader.readline().strip()

    def close(self) -> None:
        """Hang up."""
        self._reader.close()
        self._socket.close()


def crc8(data: bytes) -> int:
    """CRC-8, polynomial 0x07, initial value 0."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value << 1 ^ 0x07 if value & 0x80 else value << 1) & 0xFF
    return value


def sealed(text: str) -> bytes:
    """A line of LLP1."""
    data = text.encode("ascii")
    return data + b"*%02X" % crc8(data)


class Registers:
    """Holding registers over Modbus TCP."""

    def __init__(self, place: tuple[str, int]) -> None:
        self._socket = socket.create_connection(place, PATIENCE)
        self._reader = self._socket.makefile("rb")

    def read(self, register: int) -> int:
        """One holding register by function 03."""
        self._socket.sendall(struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, register, 1))
        return struct.unpack(">HHHBBBH", self._reader.read(11))[-1]

    def close(self) -> None:
        """Hang up."""
        self._reader.close()
        self._socket.close()


Look = Callable[[], bool | None]
"""Whether something is on; None where the answer is neither yes nor no."""


class Looker:
    """Looks at what can be on, again and again, in a thread of its own.

    `off` holds since when (stopwatch, s) each has been off without a break. The source meter takes
    any number of clients; the other lines are one client's, so these are looked at when nobody
    else uses them: at once by `now`, and on from `free`.
    """

    def __init__(self, served: Served) -> None:
        self._served = served
        self._smu = Lines(served.socket("source_meter"))
        self._turn = threading.Lock()
        self._end = threading.Event()
        self._heard = threading.Condition()
        self._error: Exception | None = None
        self._free: set[str] = set()
        self._rounds = 0
        self.off: dict[str, float] = {}
        self._thread = threading.Thread(target=self._go_on, name="third party")

    def __enter__(self) -> Looker:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join()
        self._smu.close()

    def now(self) -> frozenset[str]:
        """What of lamp, bender and output is on at this moment, where that is told at once."""
        looks: dict[str, Look] = {"output": self._output}
        for role in ("lamp", "bender"):
            looks |= self._looks(role)
        return frozenset(name for name, is_on in looks.items() if is_on() is True)

    def free(self, role: str) -> None:
        """Nobody else uses the line of `role` any more."""
        with self._heard:
            self._free.add(role)

    def all_off(self, within: float) -> float | None:
        """Since when (stopwatch, s) everything is off; None where it is not `within` so many s."""
        wanted = {"output", *(name for role in ROLES for name in self._looks(role))}
        with self._heard:
            self._heard.wait_for(lambda: self._error or self.off.keys() >= wanted, within)
            if self._error is not None:
                raise self._error
            return max(self.off.values()) if self.off.keys() >= wanted else None

    def _looks(self, role: str) -> dict[str, Look]:
        """What of a role is looked at over a connection that is made for it."""
        if role == "lamp":
            return {"lamp": self._asked(role, "LAMP?"), "shutter": self._asked(role, "SHUT?")}
        if role == "bender":
            return {"bender": self._asked(role, "RUN?")}
        return {"heater": self._unlike(LOOP_MODE, MANUAL), "heat": self._unlike(OUTPUT, 0)}

    def _output(self) -> bool:
        with self._turn:
            return self._smu.ask(b":OUTP?") != b"0"

    def _asked(self, role: str, query: str) -> Look:
        answers = {sealed("= 0"): False, sealed("= 1"): True}

        def is_on() -> bool | None:
            line = Lines(self._served.socket(role))
            try:
                return answers.get(line.ask(sealed(query)))
            except TimeoutError:
                return None
            finally:
                line.close()

        return is_on

    def _unlike(self, register: int, wanted: int) -> Look:
        def is_on() -> bool | None:
            line = Registers(self._served.socket("chuck", "modbus-tcp"))
            try:
                return line.read(register) != wanted
            except TimeoutError:
                return None
            finally:
                line.close()

        return is_on

    def _go_on(self) -> None:
        try:
            while not self._end.wait(PAUSE):
                self._look()
        except (OSError, struct.error) as error:
            with self._heard:
                self._error = error
                self._heard.notify_all()

    def _look(self) -> None:
        """A look at all that was on, and at one of the others, which may be on again."""
        with self._heard:
            free = [role for role in ROLES if role in self._free]
        looks: dict[str, Look] = {"output": self._output}
        for role in free:
            looks |= self._looks(role)
        self._rounds += 1
        off = [name for name in looks if name in self.off]
        again = off[self._rounds % len(off)] if off else ""
        for name in [name for name in looks if name not in self.off or name == again]:
            on = looks[name]()
            with self._heard:
                if on is False:
                    self.off.setdefault(name, stopwatch())
                else:
                    self.off.pop(name, None)
                self._heard.notify_all()
