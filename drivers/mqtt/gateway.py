"""MQTT data gateway with several channels, MGW1 (docs/protocols/mqtt-gateway.md).

The convention is ours; a gateway of another make needs a driver for its own topics. Options of the
bench: `gateway`, its name (`gateway`); `client`, the name under which replies come (`labctl`) and
which no other program on the broker may have; `accuracy`, a line for each channel, of the sensor
behind it. Without such lines those of the protocol page hold where name and unit are the same.

A gateway that restarts is as delivered again: that is told by the number of its starts, and what it
had logged before is not taken for what was asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, ClassVar

from drivers.codecs import mgw1
from drivers.codecs.json_objects import CorruptMessage
from drivers.generic.accuracy_options import stated
from drivers.generic.json_topics import names
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import Message, TopicLink
from drivers.links.settings import TopicSettings
from drivers.mqtt._mgw1_limits import LIMIT_UNITS, refuse_output
from drivers.mqtt._mgw1_log import read_log
from drivers.mqtt._mgw1_talk import Gateway
from drivers.options import Configured, Options
from drivers.roles.arrays import ReadingArray
from drivers.roles.data_logger import LoggedChannel
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

SLOWEST, FASTEST = 1 / 3600, 10.0
"""Rates of logging in 1/s."""

STALE = 3.0
"""Intervals without a value after which a channel that is followed is stale."""

PAGE = "docs/protocols/mqtt-gateway.md, the channels of the gateway on the bench reference"
LINES = (
    Accuracy("room_temperature", 85.0, "degC", 0.0, 0.2, PAGE),
    Accuracy("room_humidity", 100.0, "%", 0.0, 2.0, PAGE),
    Accuracy("room_pressure", 110e3, "Pa", 0.0, 100.0, PAGE),
    Accuracy("plate_temperature", 150.0, "degC", 0.002, 0.15, PAGE),
)
CLOCK = "half the time that the reply took, and the gateway's step of 1 ms"


class MqttGateway(Instrument):
    """A gateway at the end of `link`.

    `limits` by the bench: `output_min` and `output_max` in % for outputs in %, and so on by unit.
    """

    what: ClassVar[str] = "gateway"
    settings: ClassVar[TopicSettings] = TopicSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = LIMIT_UNITS
    accuracies: ClassVar[tuple[Accuracy, ...]] = LINES

    def __init__(
        self,
        link: TopicLink,
        limits: BenchLimits | None = None,
        *,
        gateway: str = "gateway",
        client: str = "labctl",
        accuracies: tuple[Accuracy, ...] = (),
    ) -> None:
        super().__init__(link, limits)
        self._talk = Gateway(link, gateway, client)
        self._boot = 0
        self._lines = accuracies or LINES

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with the options of the bench file; ValueError for a wrong one."""
        found = Options(options, ("gateway", "client", "accuracy"))
        gateway, client = names(found, "gateway")
        tables = found.tables("accuracy")
        lines = stated(found, {str(one.get("function")): str(one.get("unit")) for one in tables})
        make = partial(cls, gateway=gateway, client=client, accuracies=lines)
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another model, or where it is gone."""
        state = await self._look()
        self._identity = Identity(state.maker, state.model, state.serial, state.firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state; who is there is asked again."""
        await self._talk.link.resync()
        await self._look()

    async def safe(self) -> None:
        """Every output at its lower end, read back; logging goes on as it is."""
        outputs = [one for one in (await self._channels()).values() if one.kind == "output"]
        for channel in outputs:
            await self._put(channel, channel.low)

    async def channels(self) -> Mapping[str, str]:
        """Name of each channel and its unit."""
        return {name: channel.unit for name, channel in (await self._channels()).items()}

    async def read(self, channel: str) -> Reading:
        """A fresh value of `channel`, in the channel's unit."""
        value = await self._talk.ask("read", mgw1.Value, channel=channel)
        return self._value(channel, value, f"read {channel}")

    async def start(self, channels: Sequence[str], *, sample_rate: float) -> None:
        """Logging these channels and no others, at `sample_rate` in 1/s; read back."""
        self._check("sample rate", sample_rate, SLOWEST, FASTEST, "1/s", "start")
        names = list(dict.fromkeys(channels))
        interval = 1 / sample_rate
        self._boot = (await self._look()).boot
        setup = await self._talk.ask("start", mgw1.Setup, interval=interval, qos=1, channels=names)
        taken = setup.running and set(setup.channels) == set(names)
        if not taken or abs(setup.interval - interval) > 1e-3 * interval:
            raise self._wrong("logging was not set up as asked", "start", str(setup))

    async def stop(self) -> None:
        """Not logging; what was taken stays."""
        setup = await self._talk.ask("stop", mgw1.Setup)
        if setup.running:
            raise self._wrong("the gateway goes on logging", "stop", str(setup))

    async def logged(self, channel: str, *, since: float) -> LoggedChannel:
        """What was taken after `since`, in s of the gateway's clock (Unix time).

        Values of a broken sensor and beyond its range are nan. `InstrumentError` where the gateway
        has restarted since it was set up: its log begins anew then.
        """
        import numpy as np

        await self._refuse_restart()
        try:
            log = await read_log(self._talk, channel, since)
            times = np.asarray(log.times(), dtype=np.float64)
        except CorruptMessage as error:
            raise self._wrong(str(error), f"history {channel}", "") from error
        values = np.asarray(log.values(), dtype=np.float64)
        t, utc = clock.stamp()
        serial, line = self.identity.serial, self._line_of(channel, log.unit)
        array = ReadingArray(values, log.unit, t, utc, self.address, serial, line)
        return LoggedChannel(channel, times, array, log.lost)

    async def clock_offset(self) -> Reading:
        """The gateway's clock less this computer's, in s."""
        before = clock.stamp()[1]
        state = await self._talk.ask("info", mgw1.State)
        after = clock.stamp()[1]
        try:
            there = mgw1.unix_time(state.time)
        except CorruptMessage as error:
            raise self._wrong(str(error), "info", state.time) from error
        unsure = (after - before) / 2 + 1e-3
        line = Accuracy("clock_offset", 86400.0, "s", 0.0, unsure, CLOCK, 1e-3)
        return self._reading(there - (before + after) / 2, "s", line)

    async def set_output(self, channel: str, value: float) -> None:
        """An output at `value`, in the channel's unit, read back."""
        known = await self._channels()
        if channel not in known:
            raise self._wrong("there is no such channel", f"set {channel}", ", ".join(known))
        output = known[channel]
        if output.kind != "output":
            raise LimitRefused(
                f"{channel} only measures",
                address=self.address,
                command=f"set {channel}",
                remedy="the outputs are " + ", ".join(await self.outputs()),
            )
        command = f"set {channel}"
        refuse_output(self._limits, value, output.unit, address=self.address, command=command)
        self._check(channel, value, output.low, output.high, output.unit, command)
        await self._put(output, value)

    async def outputs(self) -> tuple[str, ...]:
        """Names of the channels that can be set, each in its own unit."""
        known = await self._channels()
        return tuple(name for name, channel in known.items() if channel.kind == "output")

    @asynccontextmanager
    async def follow(
        self, channel: str, *, interval: float
    ) -> AsyncGenerator[AsyncIterator[Reading]]:
        """Readings of `channel` in its unit as the gateway publishes them every `interval` s.

        Subscribed inside the `async with` block. A value that comes twice is given once. The
        iterator raises `InstrumentError` where values are lost, where none comes for three
        intervals, and where the last will says that the gateway is gone.
        """
        async with self._talk.link.messages(f"{self._talk.base}/#") as arriving:
            yield self._followed(channel, arriving, STALE * interval + 1.0)

    async def _followed(
        self, channel: str, arriving: AsyncIterator[Message], patience: float
    ) -> AsyncIterator[Reading]:
        topic, seen = f"{self._talk.base}/data/{channel}", 0
        while True:
            value = await self._next(topic, arriving, patience)
            if value.seq <= seen:
                continue  # with QoS 1 a message may come twice
            if seen and value.seq != seen + 1:
                lost = value.seq - seen - 1
                raise self._wrong(f"{lost} values are lost", topic, f"{value.seq} after {seen}")
            seen = value.seq
            yield self._value(channel, value, topic)

    async def _next(
        self, topic: str, arriving: AsyncIterator[Message], patience: float
    ) -> mgw1.Value:
        """The next message on `topic`; who follows is told that the gateway is gone."""
        try:
            async with asyncio.timeout(patience):
                async for message in arriving:
                    if message.topic == f"{self._talk.base}/state":
                        state = self._talk.decoded(message, mgw1.State, message.topic)
                        self._talk.refuse_offline(state)
                    if message.topic == topic:
                        return self._talk.decoded(message, mgw1.Value, topic)
        except TimeoutError as error:
            what = f"no value for {patience:g} s"
            raise self._wrong(what, topic, "", "see that the channel is logged") from error
        raise self._wrong("no more values come", topic, "")

    async def _look(self) -> mgw1.State:
        """Who is there; `InstrumentError` for another model."""
        state = await self._talk.ask("info", mgw1.State)
        self._talk.refuse_offline(state)
        if state.model != mgw1.MODEL:
            raise self._wrong(
                "this is no MGW1 gateway",
                "info",
                f"{state.maker} {state.model}",
                "correct the address or the driver in the bench file",
            )
        self._boot = self._boot or state.boot
        return state

    async def _refuse_restart(self) -> None:
        now = (await self._look()).boot
        if now != self._boot:
            before, self._boot = self._boot, now
            raise self._wrong(
                "the gateway has restarted: its log begins anew",
                "info",
                f"start {now}, {before} before",
                "set up the logging again",
            )

    async def _channels(self) -> dict[str, mgw1.Channel]:
        found = await self._talk.ask("channels", mgw1.Channels)
        return {channel.name: channel for channel in found.channels}

    async def _put(self, channel: mgw1.Channel, value: float) -> None:
        """Set an output, and ask for the value in force afterwards."""
        await self._talk.ask("set", mgw1.Output, channel=channel.name, value=value)
        found = await self._talk.ask("read", mgw1.Value, channel=channel.name)
        span = max(abs(channel.low), abs(channel.high))
        if found.value is None or abs(found.value - value) > 1e-6 * span:
            raise self._wrong(
                f"{channel.name} was not taken",
                f"read {channel.name}",
                str(found.value),
                f"expected {value:g} {channel.unit}",
            )

    def _value(self, channel: str, value: mgw1.Value, command: str) -> Reading:
        if value.value is None or value.quality != "good":
            what = "beyond its range" if value.quality == "range" else "broken"
            raise self._wrong(
                f"{channel} is {what}",
                command,
                f"{value.value} {value.unit}, {value.quality}",
                "check the sensor and its wires",
            )
        if not value.unit:
            raise self._wrong(f"{channel} has no unit", command, str(value.value))
        return self._reading(value.value, value.unit, self._line_of(channel, value.unit))

    def _line_of(self, channel: str, unit: str) -> Accuracy | None:
        fitting = [x for x in self._lines if (x.function, x.unit) == (channel, unit)]
        return fitting[0] if fitting else None


DRIVER = MqttGateway
