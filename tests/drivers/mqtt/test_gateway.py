"""MGW1 gateway driver against transcripts of topics (tests/golden/mqtt/gateway.toml)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import numpy as np
import pytest

from drivers.conformance.scripted_topics import ScriptedTopics
from drivers.links.link import Message
from drivers.mqtt.gateway import MqttGateway
from drivers.roles.data_logger import DataLogger
from labctl.errors import InstrumentError, LimitRefused, LinkError
from labctl.evidence import Identity
from tests.drivers.scripted import run, transcript

FILE = "mqtt/gateway"
BASE = "mgw1/gateway"
IDENTITY = Identity("labctl", "MGW1", "12345678", "1.0.0")


def gateway(*scenes: str, **limits: float) -> tuple[MqttGateway, ScriptedTopics]:
    link = ScriptedTopics(transcript(FILE, *scenes))
    driver = MqttGateway(link, limits)
    as_role: DataLogger = driver
    assert as_role is driver
    return driver, link


def value(number: int, reading: float | None = 23.0, quality: str = "good") -> list[str]:
    payload = {"value": reading, "unit": "degC", "time": "", "seq": number, "quality": quality}
    return [f"{BASE}/data/room_temperature", json.dumps(payload)]


def followed(*messages: list[str], silent: bool = False) -> list[float]:
    """What a follower of the room's temperature is given before the error it ends with."""
    heard = {"heard": f"{BASE}/#", "messages": list(messages)}
    link = Silent([heard]) if silent else ScriptedTopics([heard])
    driver = MqttGateway(link)
    driver._identity = IDENTITY
    found: list[float] = []

    async def body() -> None:
        async with driver.follow("room_temperature", interval=2.0) as readings:
            async for reading in readings:
                found.append(reading.value)

    run(body)
    return found


class Silent(ScriptedTopics):
    """After its messages nothing comes any more."""

    async def _heard(self, pattern: str, rows: Sequence[Sequence[str]]) -> AsyncIterator[Message]:
        for topic, payload in rows:
            yield Message(topic, payload.encode("utf-8"))
        await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("scene", "text"), [("another_model", "no MGW1 gateway"), ("gone", "the gateway is gone")]
)
def test_what_is_no_gateway_is_told(scene: str, text: str) -> None:
    driver, _ = gateway(scene)
    with pytest.raises(InstrumentError, match=text) as caught:
        run(driver.identify)
    assert caught.value.command and caught.value.answer and caught.value.remedy


def test_a_gateway_that_says_it_is_there_but_is_silent_is_the_lines_affair() -> None:
    driver, link = gateway("silent")
    with pytest.raises(LinkError, match="no whole answer"):
        run(driver.identify)
    assert link.is_done()


def test_telemetry_is_given_once_and_in_order() -> None:
    other = [f"{BASE}/data/room_humidity", "{}"]
    with pytest.raises(LinkError):
        followed(value(1), value(1), other, value(2, 23.5), value(1))
    heard: list[float] = []
    with pytest.raises(InstrumentError, match="2 values are lost") as caught:
        heard += followed(value(1), value(4))
    assert "4 after 1" in caught.value.answer


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (value(2, None, "bad"), "room_temperature is broken"),
        (value(2, 85.0, "range"), "beyond its range"),
        ([f"{BASE}/data/room_temperature", "{"], "no value"),
        ([f"{BASE}/state", '{"state": "offline"}'], "the gateway is gone"),
    ],
)
def test_who_follows_is_told_what_is_no_value(message: list[str], text: str) -> None:
    with pytest.raises(InstrumentError, match=text):
        followed(value(1), message)


def test_a_channel_that_falls_silent_is_stale() -> None:
    with pytest.raises(InstrumentError, match="no value for 7 s"):
        followed(value(1), silent=True)


def test_values_without_a_reading_are_nan_in_the_log() -> None:
    script = transcript(FILE, "identify", "logged")
    reply = json.loads(script[-1]["reply"])
    reply["result"]["points"][1] |= {"value": None, "quality": "bad"}
    script[-1]["reply"] = json.dumps(reply)
    driver = MqttGateway(ScriptedTopics(script))

    async def body() -> Any:
        await driver.identify()
        return await driver.logged("room_temperature", since=1767225600.0)

    log = run(body)
    assert log.values.values[0] == 23.4 and np.isnan(log.values.values[1])
    assert log.values.accuracy is not None and log.values.accuracy.offset == 0.2


def test_the_bench_names_gateway_client_and_accuracies() -> None:
    line = {
        "function": "tank",
        "range": 5.0,
        "unit": "m",
        "gain": 0.0,
        "offset": 0.01,
        "source": "certificate 7",
    }
    options = {"gateway": "hall-2", "client": "bench-1", "accuracy": [line]}
    state = {"state": "online", "maker": "ACME", "model": "MGW1", "serial": "7", "boot": 1}
    read = {"value": 1.5, "unit": "m", "time": "2026-01-01T00:00:00.000Z", "quality": "good"}
    asked = [("info", {}, state), ("read", {"channel": "tank"}, read)]
    script = [
        {
            "request": f"mgw1/hall-2/request/{method}",
            "payload": json.dumps(
                {"client": "bench-1", "id": number, **arguments}, separators=(",", ":")
            ),
            "reply_on": "mgw1/hall-2/reply/bench-1",
            "reply": json.dumps({"id": number, "method": method, "ok": True, "result": result}),
        }
        for number, (method, arguments, result) in enumerate(asked, 1)
    ]
    driver: Any = MqttGateway.configured(options)(ScriptedTopics(script), {})

    async def body() -> Any:
        await driver.identify()
        return await driver.read("tank")

    reading = run(body)
    assert (reading.value, reading.unit, reading.accuracy.source) == (1.5, "m", "certificate 7")


@pytest.mark.parametrize(
    "options", [{"gateway": "Hall 2"}, {"client": ""}, {"accuracy": [{}]}, {"broker": "x"}]
)
def test_a_wrong_option_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        MqttGateway.configured(options)


@pytest.mark.parametrize("rate", [0.0, 1e-6, 11.0, float("nan")])
def test_a_rate_it_does_not_have_sends_nothing(rate: float) -> None:
    driver, link = gateway()

    async def body() -> None:
        with pytest.raises(LimitRefused):
            await driver.start(["room_temperature"], sample_rate=rate)

    run(body)
    assert link.is_done()
