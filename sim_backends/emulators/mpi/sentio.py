"""SENTIO, the software of MPI's probe stations: native remote commands on TCP port 35555.

Written from the maker's public material: command strings, arguments and the meaning of answers from
the documentation of its Python bindings (SentioProberDev/SentioProberControl, docs and docstrings),
form of a line and codes from its examples (SentioProberDev/Examples-CSharp, Sentio.BasicTcp). The
manual of the remote commands itself is not public. A command is a name and arguments divided by
commas, a line each; the answer is `code,id,message`, the ten low bits of the code an error, those
above a status (1: last die, 2: last subsite). `*RCS 1` chooses this set and is not answered.

Modelled: project, die map, subsites, contact and separation, vacuum, chuck temperature, contact
counter, door, alignment as an order that takes time. Assumed: texts of errors, how long a command
takes, ready states in words, and that `map:path:get_die` counts from 0. Not modelled: commands that
run on (`start_...`), vision, loader, probes, bins, other command sets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from sim_backends.emulators.mpi import sentio_errors as errors
from sim_backends.emulators.mpi.sentio_errors import Refused
from sim_backends.emulators.mpi.sentio_station import (
    CONTACT,
    DIES,
    HOVER,
    MODES,
    OVERTRAVEL,
    SEPARATION_GAP,
    Station,
)
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.probe_chuck import ChuckPort

LATENCY = 0.02
SLOW = {
    "move_chuck_contact": 0.4, "move_chuck_separation": 0.4, "map:step_die": 1.2,
    "open_project": 4.0, "vis:align_wafer": 25.0, "set_vacuum": 1.0,
}  # fmt: skip
"""Seconds that a command takes beyond the latency."""

VERSION = "25.2.0"
STATUS_SHIFT, LAST_DIE = 10, 1
ON, OFF = ("true", "1", "on"), ("false", "0", "off")

Handler = Callable[["Sentio", Sequence[str], float], str]


class Sentio:
    """The software of one station at `port`; `serial` is the machine's id."""

    def __init__(self, port: ChuckPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.station = Station(port, rng)
        self.native = False
        self._outbox = Outbox()
        self._waiting: deque[tuple[float, str]] = deque()
        self._buffer = b""

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; a line is carried out after those before it."""
        self._buffer += data
        while b"\n" in self._buffer:
            line, self._buffer = self._buffer.split(b"\n", 1)
            text = line.decode("latin-1").strip()
            start = max(t, self._waiting[-1][0]) if self._waiting else t
            if text:
                self._waiting.append((start + LATENCY + SLOW.get(text.split(" ")[0], 0.0), text))

    def due(self) -> float | None:
        """When a command has been carried out or an answer leaves."""
        times = [self._outbox.due(), self._waiting[0][0] if self._waiting else None]
        return min((time for time in times if time is not None), default=None)

    def send(self, t: float) -> bytes:
        """Carry out what is due and return the bytes that have left by `t`."""
        while self._waiting and self._waiting[0][0] <= t:
            at, text = self._waiting.popleft()
            answer = self._answer(text, at)
            if answer:
                self._outbox.put(f"{answer}\n".encode("latin-1"), at)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """A broken connection: half a line and answers not yet sent are lost."""
        self._buffer = b""
        self._waiting.clear()
        self._outbox.clear()

    def _answer(self, text: str, t: float) -> str:
        name, _, rest = text.partition(" ")
        if name.upper() == "*RCS":
            self.native = rest.strip() == "1"
            return ""
        if name.upper() == "*IDN?":
            return f"MPI,SENTIO,{self.serial},{VERSION}"
        if not self.native or name not in COMMANDS:
            return f"{errors.UNKNOWN},0,{errors.TEXTS[errors.UNKNOWN]}"
        arguments = [part.strip() for part in rest.split(",")] if rest.strip() else []
        count, handler = COMMANDS[name]
        try:
            if len(arguments) not in count:
                raise Refused(errors.COUNT)
            message = handler(self, arguments, t)
        except Refused as refused:
            return f"{refused.code},0,{refused}"
        except ValueError:
            return f"{errors.PARAMETER},0,{errors.TEXTS[errors.PARAMETER]}"
        return f"{self._status(name)},0,{message}"

    def _status(self, name: str) -> int:
        """Status bits after a step: whether the route ends here."""
        if name != "map:step_die" or self.station.at is None:
            return 0
        last = self.station.at[:2] == self.station.map.dies[-1]
        return LAST_DIE << STATUS_SHIFT if last else 0


def _is_on(text: str) -> bool:
    if text.lower() in ON:
        return True
    if text.lower() in OFF:
        return False
    raise Refused(errors.PARAMETER)


def _one_of(text: str, words: Sequence[str]) -> str:
    if text not in words:
        raise Refused(errors.PARAMETER)
    return text


def _open(device: Sentio, a: Sequence[str], t: float) -> str:
    device.station.separate(t)
    device.station.open(a[0])
    return "OK"


def _dies(device: Sentio, a: Sequence[str], t: float) -> str:
    _one_of(a[0], DIES)
    return str(len(device.station.map.dies))


def _step(device: Sentio, a: Sequence[str], t: float) -> str:
    site = int(a[2]) if len(a) > 2 else 0
    return ",".join(str(n) for n in device.station.step(int(a[0]), int(a[1]), site, t))


def _die(device: Sentio, a: Sequence[str], t: float) -> str:
    column, row = device.station.die(int(a[0]))
    return f"{column},{row}"


def _where(device: Sentio, a: Sequence[str], t: float) -> str:
    at = device.station.at
    if at is None:
        raise Refused(errors.OPERATION)
    return f"{device.station.map.dies.index(at[:2])},{at[0]},{at[1]}"


def _subsite(device: Sentio, a: Sequence[str], t: float) -> str:
    if len(a) > 3:
        _one_of(a[3], ("UpRight", "UR"))
    return str(device.station.add_subsite(a[0], float(a[1]), float(a[2])))


def _forget(device: Sentio, a: Sequence[str], t: float) -> str:
    device.station.clear_subsites()
    return "OK"


def _mode(device: Sentio, a: Sequence[str], t: float) -> str:
    device.station.mode = _one_of(a[0], MODES)
    return "OK"


def _up(device: Sentio, a: Sequence[str], t: float) -> str:
    device.station.contact(t)
    return f"{device.station.height:.1f}"


def _down(device: Sentio, a: Sequence[str], t: float) -> str:
    device.station.separate(t)
    return f"{device.station.height:.1f}"


def _height(device: Sentio, a: Sequence[str], t: float) -> str:
    over = {"Zero": 0.0, "Contact": CONTACT, "Separation": CONTACT - SEPARATION_GAP}
    return f"{device.station.height - over[_one_of(a[0], tuple(over))]:.1f}"


def _heights(device: Sentio, a: Sequence[str], t: float) -> str:
    _one_of(a[0], ("Wafer",))
    return f"{CONTACT:.1f},{SEPARATION_GAP:.1f},{OVERTRAVEL:.1f},{HOVER:.1f}"


def _vacuum(device: Sentio, a: Sequence[str], t: float) -> str:
    _one_of(a[0], ("Wafer",))
    device.station.hold(_is_on(a[1]))
    return "OK"


def _align(device: Sentio, a: Sequence[str], t: float) -> str:
    device.station.align(t)
    return "OK"


def _heat(device: Sentio, a: Sequence[str], t: float) -> str:
    _is_on(a[1])
    device.station.heat(float(a[0]), t)
    return "OK"


def _door(device: Sentio, a: Sequence[str], t: float) -> str:
    _one_of(a[0], ("prober",))
    closed = int(device.station.closed(t))
    return f"{closed},{closed}"


COMMANDS: dict[str, tuple[tuple[int, ...], Handler]] = {
    "status:get_version": ((0,), lambda *_: f"SENTIO Version: {VERSION}"),
    "status:get_machine_id": ((0,), lambda device, *_: device.serial),
    "status:get_machine_status": ((0,), lambda *_: "Ready"),
    "status:get_chuck_temp": ((0,), lambda d, _, t: f"{d.station.temperature(t):.2f}"),
    "status:get_chuck_temp_setpoint": ((0,), lambda d, *_: f"{d.station.setpoint:.2f}"),
    "status:set_chuck_temp": ((2,), _heat),
    "open_project": ((1, 2), _open),
    "get_project": ((1,), lambda d, *_: d.station.project),
    "map:get_num_dies": ((1,), _dies),
    "map:path:get_die": ((1,), _die),
    "map:step_die": ((2, 3), _step),
    "map:die:get_current_index": ((0,), _where),
    "map:subsite:add": ((3, 4), _subsite),
    "map:subsite:reset": ((0,), _forget),
    "map:subsite:get_num": ((0,), lambda d, *_: str(len(d.station.subsites))),
    "set_stepping_contact_mode": ((1,), _mode),
    "move_chuck_contact": ((0,), _up),
    "move_chuck_separation": ((0,), _down),
    "get_chuck_z": ((1,), _height),
    "get_chuck_site_heights": ((1,), _heights),
    "set_vacuum": ((2,), _vacuum),
    "get_vacuum_status": ((0, 1), lambda d, *_: f"{int(d.station.held)}"),
    "setup:contact_counter:get": ((0,), lambda d, *_: str(d.station.contacts)),
    "vis:align_wafer": ((0, 1), _align),
    "get_door_status": ((1,), _door),
}
"""How many arguments a command takes, and what it does."""

EMULATOR = Sentio
