"""Neware BTS 8 cycler through its server (XML over TCP, port 502); no manual is public.

Channels are numbered from 1 in the order in which the server tells them. A program is a step file
that the server finds under its path; it is read here too, so that nothing beyond the limits is
started: keep it in a folder that both computers see under one name. `save_program` writes one,
`start_steps` too: in the folder `programs`, or, for a server on this computer, in a passing one.

Options of the bench: `voltage_range` in V and `current_range` in A, the full scale of the cycler's
type (5 V, 6 A), which the server does not tell; `user` and `password`; `backup`, the folder in
which the server keeps its files; `programs`, an existing folder for step files. The server tells
no serial number, so that a run counts as simulated.

What ended a step is told in numbers of a log that no public source explains: `ended_by` is "".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from drivers.codecs import neware, neware_answers, neware_program
from drivers.codecs.neware import Place
from drivers.codecs.neware_answers import State
from drivers.codecs.neware_program import NoProgram, ProgramStep
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.neware import _bts_records as records
from drivers.neware._bts_demand import no_program, refuse_demand, refuse_file
from drivers.neware._bts_sheet import SHEET_LINES, Sheet
from drivers.neware._bts_talk import Server
from drivers.options import Configured, Options, finite
from drivers.roles.battery_cycler import ChannelStatus, CyclerRecord, CyclerStep
from labctl import clock
from labctl.errors import UsageError
from labctl.evidence import Accuracy, Identity

BUSY = frozenset({"working", "paused"})
SETTLE, POLL = 10.0, 0.5
"""Seconds that a channel is given to start or to stop, and between two looks."""


class NewareBTS(Instrument):
    """The cycler behind the server at the end of `link`.

    `limits` by the bench on what a program may ask for: `voltage` and `voltage_min` in V, `current`
    in A, `power` in W, the highest voltage at the largest current.
    """

    what: ClassVar[str] = "cycler"
    settings: ClassVar[MessageSettings] = MessageSettings(
        write_terminator=neware.END, read_terminator=neware.END, timeout=5.0
    )
    limit_units: ClassVar[dict[str, str]] = {
        "voltage": "V",
        "voltage_min": "V",
        "current": "A",
        "power": "W",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = SHEET_LINES

    def __init__(
        self,
        link: MessageLink,
        limits: BenchLimits | None = None,
        *,
        sheet: Sheet | None = None,
        user: str = "admin",
        password: str = "neware",  # as delivered
        backup: str = "C:\\Neware data\\",
        programs: str = "",
    ) -> None:
        super().__init__(link, limits)
        self._server = Server(link, user, password)
        self._sheet = sheet or Sheet()
        self._backup = backup
        self._programs = programs
        self._places: tuple[Place, ...] = ()
        self._acknowledged: set[int] = set()

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with the options of the bench file; ValueError for a wrong one."""
        known = ("voltage_range", "current_range", "user", "password", "backup", "programs")
        found = Options(options, known)
        sheet = Sheet(
            finite(options.get("voltage_range", 5.0), "voltage_range"),
            finite(options.get("current_range", 6.0), "current_range"),
        )
        make = partial(
            cls,
            sheet=sheet,
            user=found.text("user", "admin"),
            password=found.text("password", "neware"),
            backup=found.text("backup", "C:\\Neware data\\"),
            programs=found.text("programs", ""),
        )
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Log in and read the channels; `InstrumentError` where this is no BTS server."""
        await self._server.open()
        await self._look()
        self._identity = Identity("Neware", "BTS", "")
        return self._identity

    async def resync(self) -> None:
        """Line in a known state, logged in, channels read again."""
        await self._server.resync()
        await self._look()

    async def safe(self) -> None:
        """Every channel that works or waits stopped, none with a current; read back."""
        if not self._places:
            await self._look()
        for channel in await self.channels():
            await self.stop(channel)

    async def channels(self) -> tuple[int, ...]:
        """Numbers of the channels, none of them a quantity."""
        return tuple(range(1, len(self._places) + 1))

    async def start(self, channel: int, *, program: str, test: str) -> None:
        """Have the test named `test` running `program`, the path of a step file, on `channel`.

        Asking again for the test that runs changes nothing. `InstrumentError` where the channel
        works on another, or stopped on a protection that was not acknowledged.
        """
        place = self._place(channel)
        self._refuse_name(test)
        refuse_file(program, self._sheet, self._limits, self.address)
        state = await self._state(place)
        now = self._word(state)
        if now in BUSY and state.barcode == test:
            return
        if now in BUSY or (now == "protected" and channel not in self._acknowledged):
            raise self._wrong(
                f"channel {channel} is {now}",
                "start",
                f"{state.word}, test {state.barcode!r}",
                "stop that test, or acknowledge the alarm, first",
            )
        text = neware.start(place, test, program, self._backup)
        answer = await self._server.result("start", text, place)
        if answer != "ok":
            raise self._wrong("the start is refused", "start", answer, "see the server's own log")
        self._acknowledged.discard(channel)
        await self._until_started(channel, place, test)

    async def start_steps(
        self, channel: int, steps: Sequence[ProgramStep], *, interval: float, test: str
    ) -> None:
        """As `start`, with the program made of `steps` and recorded every `interval` in s."""
        self._refuse_name(test)
        with ExitStack() as stack:
            temporary = "" if self._programs else stack.enter_context(TemporaryDirectory())
            path = Path(self._programs or temporary) / f"{test}.xml"
            await self.save_program(path, steps, interval=interval)
            await self.start(channel, program=str(path), test=test)

    async def stop(self, channel: int) -> None:
        """Channel open, no current, both read back; its log stays."""
        place = self._place(channel)
        if self._word(await self._state(place)) in BUSY:
            answer = await self._server.result("stop", neware.to_channel("stop", place), place)
            if answer != "ok":
                raise self._wrong("the stop is refused", "stop", answer, "stop it at the cycler")
        end = clock.now() + SETTLE
        while not self._is_open(state := await self._state(place)):
            if clock.now() >= end:
                raise self._wrong(
                    f"channel {channel} is not open",
                    "inquire",
                    f"{state.word}, {state.current:g} A",
                    "stop it at the cycler",
                )
            await clock.sleep(POLL)

    async def status(self, channel: int) -> ChannelStatus:
        """Voltage in V, current in A, charge in C, energy in J and state at this moment.

        `step` is 0 where none runs.
        """
        state = await self._state(self._place(channel))
        word = self._word(state)
        lines = self._sheet.lines(state.step_time, state.voltage)
        values = {
            "voltage": state.voltage,
            "current": state.current,
            "charge": state.capacity * records.COULOMB_PER_AH,
            "energy": state.energy * records.JOULE_PER_WH,
        }
        found = {n: self._reading(v, lines[n].unit, lines[n]) for n, v in values.items()}
        alarm = f"protection, log code {state.log_code}" if word == "protected" else ""
        return ChannelStatus(word, state.step, state.cycle, **found, temperature=None, alarm=alarm)

    async def records(self, channel: int, *, first: int, count: int) -> CyclerRecord:
        """Up to `count` points of the present test from point `first` on, in V, A, C, J and s.

        Times leave out pauses. Points or steps in another order than asked are `InstrumentError`.
        """
        place = self._place(channel)
        self._check("first point", first, 0, 2**31, "(number)", "download")
        self._check("count", count, 0, 2**31, "(number)", "download")
        points = await records.read_points(self._server, place, first + 1, count)
        steps = await records.read_steps(self._server, place)
        stamp = clock.stamp()
        return records.as_record(self._server, points, steps, self._sheet, stamp)

    async def steps(self, channel: int) -> tuple[CyclerStep, ...]:
        """Steps of the present test so far, times in s without pauses; the last may still run."""
        place = self._place(channel)
        steps = await records.read_steps(self._server, place)
        state = await self._state(place)
        return records.as_steps(steps, state, is_running=self._word(state) in BUSY)

    async def acknowledge_alarm(self, channel: int) -> None:
        """No alarm pending; `InstrumentError` where the server keeps it."""
        place = self._place(channel)
        text = neware.to_channel("clearflag", place)
        answer = await self._server.result("clearflag", text, place)
        if self._word(await self._state(place)) == "protected":
            if answer != "ok":
                raise self._wrong("the alarm stays", "clearflag", answer, "remove its cause")
            self._acknowledged.add(channel)

    async def save_program(
        self, path: Path, steps: Sequence[ProgramStep], *, interval: float
    ) -> None:
        """Write the step file `path`, recorded every `interval` in s.

        `LimitRefused` beyond the cycler's or the bench's limits (V, A), `UsageError` for a step
        that cannot be.
        """
        date = f"{clock.utc():%Y%m%d%H%M%S}"
        try:
            text = neware_program.step_file(steps, name=path.stem, interval=interval, date=date)
            asked = neware_program.demand(text)
            refuse_demand(asked, self._sheet, self._limits, self.address)
        except NoProgram as error:
            raise no_program(str(error), str(path), self.address) from error
        path.write_text(text, encoding="utf-8")

    async def _look(self) -> None:
        found = await self._server.ask(
            "getdevinfo", neware.message("getdevinfo"), neware_answers.places
        )
        if not found:
            raise self._wrong("the server has no channel", "getdevinfo", "0 channels")
        self._places = found

    async def _state(self, place: Place) -> State:
        text = neware.to_channel("inquire", place, more='aux="0" barcode="1"')
        return await self._server.ask(
            "inquire", text, lambda root: neware_answers.state(root, place)
        )

    async def _until_started(self, channel: int, place: Place, test: str) -> None:
        end = clock.now() + SETTLE
        while (state := await self._state(place)).barcode != test:
            if clock.now() >= end:
                raise self._wrong(
                    f"channel {channel} did not start",
                    "inquire",
                    f"{state.word}, test {state.barcode!r}",
                    "see the server's own log",
                )
            await clock.sleep(POLL)

    def _place(self, channel: int) -> Place:
        if not 1 <= channel <= len(self._places):
            raise UsageError(
                f"there is no channel {channel}",
                address=self.address,
                remedy=f"the channels are 1 to {len(self._places)}",
            )
        return self._places[channel - 1]

    def _word(self, state: State) -> records.Word:
        return records.word_of(self._server, state)

    def _is_open(self, state: State) -> bool:
        return self._word(state) not in BUSY and abs(state.current) <= self._sheet.zero_current

    def _refuse_name(self, test: str) -> None:
        if not (test.isascii() and test.isprintable() and test.strip()):
            raise UsageError(
                f"{test!r} is no name of a test",
                address=self.address,
                remedy="use letters, digits and signs of ASCII",
            )


DRIVER = NewareBTS
