"""A data gateway with several channels on MQTT, written from docs/protocols/mqtt-gateway.md (MGW1).

The convention is our own. A `TopicDevice`: whole messages in and out. As emulated its clock starts
near 2026-01-01T00:00:00Z at run time 0. It counts as started when the bench opens; it announces
itself then. Left out: more than one gateway on a broker, names other than `gateway`, repeated
messages (the broker delivers each once).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sim_backends.emulators.mqtt import requests
from sim_backends.emulators.mqtt.channels import GatewayChannel, Value, channels
from sim_backends.emulators.mqtt.own_clock import OwnClock
from sim_backends.emulators.mqtt.requests import Refused, Request
from sim_backends.models.reference.sensor_rack import RackPort
from sim_backends.plugs.mqtt_codec import Message

NAME = "gateway"
SHORTEST, LONGEST = 0.1, 3600.0
"""Publish interval in s."""

LATENCY = 0.02
"""Seconds from a request to its reply."""

MOST_POINTS = 500

Arguments = Mapping[str, Any]


class Gateway:
    """One gateway of serial number `serial` with the sensors at `port`."""

    def __init__(self, port: RackPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.running = True
        self.interval = 1.0
        self.qos = 1
        self.boot = 1
        self._port = port
        self._clock = OwnClock(rng)
        self._channels = channels(rng)
        self._base = f"mgw1/{NAME}"
        self._waiting: list[tuple[float, Message]] = []
        self._began: float | None = None
        self._next = 0.0
        self._methods: dict[str, Callable[[Arguments, float], dict[str, Any]]] = {
            "info": self._info,
            "channels": self._list,
            "config": self._configure,
            "start": self._start,
            "stop": self._stop,
            "read": self._read,
            "history": self._history,
            "set": self._set,
        }

    # TopicDevice

    @property
    def filters(self) -> Sequence[str]:
        """Its requests."""
        return (f"{self._base}/request/+",)

    @property
    def will(self) -> Message | None:
        """Its last will."""
        return self._message("state", {"state": "offline"}, retain=True)

    def receive(self, message: Message, t: float) -> None:
        """A request; its reply leaves a little later."""
        request = requests.parse(message.topic.rsplit("/", 1)[-1], message.payload)
        if request is None:
            told = {"code": requests.BAD_REQUEST, "topic": message.topic, "time": self._time(t)}
            self._say(self._message("event", told), t)
            return
        before = self._set_up()
        reply = {"id": request.id, "method": request.method} | self._answer(request, t)
        self._say(self._message(f"reply/{request.client}", reply), t)
        if self._set_up() != before:
            self._say(self._message("config", self._set_up(), retain=True), t)

    def due(self) -> float | None:
        """When it next publishes or replies."""
        if self._began is None:
            return 0.0
        times = [at for at, _ in self._waiting[:1]]
        if self.running and any(each.enabled for each in self._channels.values()):
            times.append(self._next)
        return min(times, default=None)

    def send(self, t: float) -> list[Message]:
        """Replies and telemetry until `t`; the first time also its state and set-up."""
        out = self._announced(t) if self._began is None else []
        while self.running and self._next <= t:
            out += self._telemetry(self._next)
            self._next += self.interval
        out += [message for at, message in self._waiting if at <= t]
        self._waiting = [each for each in self._waiting if each[0] > t]
        return out

    def power_on(self, t: float) -> None:
        """Power comes back: it starts as delivered, with its outputs off and an empty log."""
        self.boot += 1
        self.running, self.interval, self.qos = True, 1.0, 1
        self._waiting.clear()
        self._began = None
        for each in self._channels.values():
            each.restart()
            if each.is_output:
                self._port.drive(each.name, each.level, t)

    # What it says

    def _announced(self, t: float) -> list[Message]:
        self._began, self._next = t, t + self.interval
        return [
            self._message("state", self._identity(t), retain=True),
            self._message("config", self._set_up(), retain=True),
        ]

    def _telemetry(self, t: float) -> list[Message]:
        found = []
        for each in self._channels.values():
            if each.enabled:
                value = each.publish(self._port, t)
                found.append(self._message(f"data/{each.name}", self._told(each, value), self.qos))
        return found

    def _identity(self, t: float) -> dict[str, Any]:
        return {
            "state": "online", "maker": "labctl", "model": "MGW1", "serial": self.serial,
            "firmware": "1.0.0", "boot": self.boot, "time": self._time(t),
        }  # fmt: skip

    def _set_up(self) -> dict[str, Any]:
        enabled = [each.name for each in self._channels.values() if each.enabled]
        return {
            "running": self.running, "interval": self.interval, "qos": self.qos,
            "channels": enabled,
        }  # fmt: skip

    def _told(self, channel: GatewayChannel, value: Value) -> dict[str, Any]:
        numbered = {"seq": value.seq} if value.seq else {}
        return {
            "value": value.value, "unit": channel.unit, "time": self._time(value.t), **numbered,
            "quality": value.quality,
        }  # fmt: skip

    def _time(self, t: float) -> str:
        return self._clock.told(t)

    def _message(
        self, topic: str, content: dict[str, Any], qos: int = 1, *, retain: bool = False
    ) -> Message:
        payload = json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8")
        return Message(f"{self._base}/{topic}", payload, qos, retain)

    def _say(self, message: Message, t: float) -> None:
        self._waiting.append((t + LATENCY, message))

    # Requests

    def _answer(self, request: Request, t: float) -> dict[str, Any]:
        method = self._methods.get(request.method)
        try:
            if method is None:
                raise Refused(requests.UNKNOWN_METHOD, f"there is no method {request.method}")
            return {"ok": True, "result": method(request.arguments, t)}
        except Refused as refused:
            return {"ok": False, "error": {"code": refused.code, "text": refused.text}}

    def _info(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments)
        return self._identity(t) | {"uptime": t - (t if self._began is None else self._began)}

    def _list(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments)
        return {"channels": [each.told() for each in self._channels.values()]}

    def _configure(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments, "interval", "qos", "channels")
        interval, qos, enabled = self.interval, self.qos, None
        if "interval" in arguments:
            interval = requests.number(arguments, "interval", SHORTEST, LONGEST)
        if "qos" in arguments:
            qos = requests.whole(arguments, "qos", 0, 1)
        if "channels" in arguments:
            enabled = requests.several(arguments, "channels", self._channels)
        self.interval, self.qos = interval, qos
        for each in self._channels.values():
            each.enabled = each.enabled if enabled is None else each.name in enabled
        if arguments:
            self._next = t + LATENCY + interval
        return self._set_up()

    def _start(self, arguments: Arguments, t: float) -> dict[str, Any]:
        self._configure(arguments, t)
        self._next = t + LATENCY + self.interval
        self.running = True
        return self._set_up()

    def _stop(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments)
        self.running = False
        return self._set_up()

    def _read(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments, "channel")
        channel = self._named(arguments)
        return self._told(channel, channel.read(self._port, t))

    def _set(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments, "channel", "value")
        channel = self._named(arguments)
        if not channel.is_output:
            raise Refused(requests.NOT_AN_OUTPUT, f"{channel.name} only measures")
        channel.level = requests.number(arguments, "value", channel.low, channel.high)
        self._port.drive(channel.name, channel.level, t)
        return {"channel": channel.name, "value": channel.level, "unit": channel.unit}

    def _history(self, arguments: Arguments, t: float) -> dict[str, Any]:
        requests.only(arguments, "channel", "since", "after", "count")
        channel = self._named(arguments)
        count = MOST_POINTS
        if "count" in arguments:
            count = requests.whole(arguments, "count", 1, MOST_POINTS)
        first = self._first_asked(arguments, channel)
        kept = [each for each in channel.kept if each.seq >= first]
        oldest = channel.kept[0].seq if channel.kept else 1
        points = [
            {"seq": each.seq, "time": self._time(each.t), "value": each.value,
             "quality": each.quality}
            for each in kept[:count]
        ]  # fmt: skip
        return {
            "channel": channel.name, "unit": channel.unit, "lost": max(oldest - first, 0),
            "more": len(kept) > count, "points": points,
        }  # fmt: skip

    def _first_asked(self, arguments: Arguments, channel: GatewayChannel) -> int:
        """The lowest `seq` that is asked for."""
        if ("since" in arguments) == ("after" in arguments):
            raise Refused(requests.BAD_REQUEST, "either since or after")
        if "after" in arguments:
            return requests.whole(arguments, "after", 0, 2**53) + 1
        try:
            since = self._clock.run_time(arguments["since"])
        except (TypeError, ValueError, OverflowError):
            raise Refused(requests.BAD_REQUEST, "since must be a time in UTC") from None
        if channel.dropped is not None and channel.dropped > since:
            return 1
        later = (each.seq for each in channel.kept if each.t > since)
        return next(later, channel.published + 1)

    def _named(self, arguments: Arguments) -> GatewayChannel:
        return self._channels[requests.one_of(arguments, "channel", self._channels)]


EMULATOR = Gateway
