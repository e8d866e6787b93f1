from __future__ import annotations

import json
import math
from datetime import datetime
from typing import Any

import pytest

from labctl import clock
from sim_backends.emulators.mqtt.channels import KEPT
from sim_backends.emulators.mqtt.gateway import EMULATOR, LATENCY
from sim_backends.models.gas import Air
from sim_backends.models.reference.sensor_rack import SensorRack
from sim_backends.models.reference.thermal import Block
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.plugs.mqtt_core import Core
from sim_backends.plugs.mqtt_device import OnTopics
from sim_backends.streams import stream

NAMES = [
    "room_temperature", "room_humidity", "room_pressure", "plate_temperature", "plate_heater",
]  # fmt: skip


class Host:
    """A client that hears all the gateway says, without a broker."""

    def __init__(self, seed: int = 1) -> None:
        self.rack = SensorRack(Air(temperature=23.0, humidity=45.0), Block(23.0))
        rng = stream(seed, "gateway")
        self.gateway = EMULATOR(self.rack, serial="SIM-5", rng=rng)
        self.heard: list[tuple[float, Message]] = []
        self.t = 0.0
        self.run(0.0)

    def run(self, until: float) -> None:
        while (due := self.gateway.due()) is not None and due <= until:
            self.t = max(self.t, due)
            self.heard += [(self.t, message) for message in self.gateway.send(self.t)]
        self.t = until

    def on(self, topic: str) -> list[dict[str, Any]]:
        name = f"mgw1/gateway/{topic}"
        return [json.loads(message.payload) for _, message in self.heard if message.topic == name]

    def ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        asked = {"client": "test", "id": len(self.heard), **arguments}
        payload = json.dumps(asked).encode()
        self.gateway.receive(Message(f"mgw1/gateway/request/{method}", payload), self.t)
        self.run(self.t + LATENCY)
        reply = self.on("reply/test")[-1]
        assert (reply["id"], reply["method"]) == (asked["id"], method)
        return reply

    def result(self, method: str, **arguments: Any) -> dict[str, Any]:
        reply = self.ask(method, **arguments)
        assert reply["ok"], reply
        return reply["result"]

    def refused(self, method: str, **arguments: Any) -> str:
        reply = self.ask(method, **arguments)
        assert not reply["ok"]
        return reply["error"]["code"]


def test_it_announces_itself() -> None:
    host = Host()
    (_, state), (_, config) = host.heard
    assert state.topic == "mgw1/gateway/state" and (state.qos, state.retain) == (1, True)
    told = json.loads(state.payload)
    assert (told["state"], told["serial"], told["boot"]) == ("online", "SIM-5", 1)
    assert config.retain and json.loads(config.payload) == {
        "running": True, "interval": 1.0, "qos": 1, "channels": NAMES,
    }  # fmt: skip
    will = host.gateway.will
    assert will is not None and will.topic == state.topic and (will.qos, will.retain) == (1, True)
    assert json.loads(will.payload) == {"state": "offline"}


def test_telemetry_comes_each_interval() -> None:
    host = Host()
    host.run(10.0)
    for name, true, error in (
        ("room_temperature", 23.0, 0.23),
        ("room_humidity", 45.0, 2.1),
        ("room_pressure", 101325.0, 105.0),
        ("plate_temperature", 23.0, 0.25),
        ("plate_heater", 0.0, 0.0),
    ):
        told = host.on(f"data/{name}")
        assert [each["seq"] for each in told] == list(range(1, 11))
        assert all(abs(each["value"] - true) <= error for each in told)
        assert {each["quality"] for each in told} == {"good"}
    sent = [message for _, message in host.heard if "/data/" in message.topic]
    assert all((message.qos, message.retain) == (1, False) for message in sent)


def test_times_are_those_of_its_own_clock() -> None:
    offsets = []
    for seed in range(8):
        host = Host(seed)
        host.run(100.0)
        text = host.on("data/room_humidity")[-1]["time"]
        assert text.endswith("Z") and len(text) == 24
        offsets.append(datetime.fromisoformat(text).timestamp() - clock.VIRTUAL_EPOCH - 100.0)
    assert 0.1 < max(map(abs, offsets)) <= 0.503


def test_set_up_and_its_retained_copy() -> None:
    host = Host()
    changed = host.result("config", interval=0.5, qos=0, channels=["plate_heater"])
    assert changed == {"running": True, "interval": 0.5, "qos": 0, "channels": ["plate_heater"]}
    assert host.on("config")[-1] == changed and len(host.on("config")) == 2
    assert host.result("config") == changed and len(host.on("config")) == 2
    host.run(host.t + 5.0)
    sent = [message for _, message in host.heard if "/data/" in message.topic]
    assert len(sent) == 10 and {message.qos for message in sent} == {0}


def test_stop_and_start() -> None:
    host = Host()
    host.run(3.0)
    assert host.result("stop")["running"] is False
    host.run(60.0)
    assert len(host.on("data/room_humidity")) == 3 and host.gateway.due() is None
    started = host.result("start", interval=2.0, channels=["room_humidity"])
    assert started["running"] and started["interval"] == 2.0
    host.run(host.t + 4.0)
    assert [each["seq"] for each in host.on("data/room_humidity")] == [1, 2, 3, 4, 5]
    assert len(host.result("history", channel="room_humidity", after=0)["points"]) == 5


def test_the_list_of_channels() -> None:
    listed = Host().result("channels")["channels"]
    assert [each["name"] for each in listed] == NAMES
    assert [each["kind"] for each in listed] == ["input"] * 4 + ["output"]
    assert listed[0] == {
        "name": "room_temperature", "unit": "degC", "kind": "input", "low": -40.0, "high": 85.0,
        "enabled": True,
    }  # fmt: skip


def test_info_and_read() -> None:
    host = Host()
    host.run(7.0)
    info = host.result("info")
    assert info["maker"] == "labctl" and info["uptime"] == pytest.approx(7.0)
    value = host.result("read", channel="room_pressure")
    assert value["unit"] == "Pa" and "seq" not in value
    assert value["value"] == pytest.approx(101325.0, abs=105.0)


def test_the_output_heats_the_plate() -> None:
    host = Host()
    assert host.result("set", channel="plate_heater", value=50) == {
        "channel": "plate_heater", "value": 50.0, "unit": "%",
    }  # fmt: skip
    host.run(2000.0)
    assert host.result("read", channel="plate_temperature")["value"] == pytest.approx(53, abs=0.4)
    assert host.on("data/plate_heater")[-1]["value"] == 50.0


def test_history_in_parts() -> None:
    host = Host()
    host.run(700.0)
    first = host.result("history", channel="room_humidity", after=0)
    assert len(first["points"]) == 500 and first["more"] and first["lost"] == 0
    rest = host.result("history", channel="room_humidity", after=500)
    assert [each["seq"] for each in rest["points"]] == list(range(501, 701)) and not rest["more"]
    since = host.result("history", channel="room_humidity", since=rest["points"][100]["time"])
    assert since["points"][-1]["seq"] == 700
    assert since["points"][0]["seq"] in (601, 602)
    assert len(host.result("history", channel="room_humidity", after=0, count=7)["points"]) == 7
    assert host.result("history", channel="room_humidity", after=10**6)["points"] == []


def test_what_is_kept_no_more_is_lost() -> None:
    host = Host()
    host.result("config", interval=0.1, channels=["room_humidity"])
    host.run(0.1 * (KEPT + 200))
    first = host.result("history", channel="room_humidity", after=0, count=1)
    lost = first["points"][0]["seq"] - 1
    assert lost > 150 and first["lost"] == lost
    since = host.on("state")[0]["time"]
    assert host.result("history", channel="room_humidity", since=since)["lost"] >= lost
    newest = host.on("data/room_humidity")[-10]["time"]
    assert host.result("history", channel="room_humidity", since=newest)["lost"] == 0


def test_broken_and_out_of_range() -> None:
    host = Host()
    host.rack.air = Air(temperature=math.nan, humidity=120.0)
    broken = host.result("read", channel="room_temperature")
    assert (broken["value"], broken["quality"]) == (None, "bad")
    over = host.result("read", channel="room_humidity")
    assert (over["value"], over["quality"]) == (100.0, "range")


def test_refusals() -> None:
    host = Host()
    assert host.refused("reboot") == "unknown_method"
    assert host.refused("read", channel="cellar") == "unknown_channel"
    assert host.refused("read") == "bad_request"
    assert host.refused("info", loud=True) == "bad_request"
    assert host.refused("config", interval=0.01, qos=0) == "out_of_range"
    assert host.refused("config", qos=2) == "out_of_range"
    assert host.refused("start", channels=["cellar"]) == "unknown_channel"
    assert host.refused("set", channel="room_humidity", value=1) == "not_an_output"
    assert host.refused("set", channel="plate_heater", value=101) == "out_of_range"
    assert host.refused("history", channel="plate_heater") == "bad_request"
    assert host.refused("history", channel="plate_heater", since="noon") == "bad_request"
    assert host.refused("history", channel="plate_heater", since=3) == "bad_request"
    assert host.refused("history", channel="plate_heater", after=0, count=501) == "out_of_range"
    assert host.result("config")["qos"] == 1


def test_what_cannot_be_answered_is_an_event() -> None:
    host = Host()
    host.gateway.receive(Message("mgw1/gateway/request/read", b"\xff{"), host.t)
    host.run(host.t + LATENCY)
    (event,) = host.on("event")
    assert (event["code"], event["topic"]) == ("bad_request", "mgw1/gateway/request/read")


def test_power_back_is_a_new_start() -> None:
    host = Host()
    host.result("config", interval=5.0, channels=["room_humidity"])
    host.result("set", channel="plate_heater", value=80)
    host.run(600.0)
    host.gateway.power_on(600.0)
    host.run(602.0)
    assert host.on("state")[-1]["boot"] == 2 and host.on("config")[-1]["channels"] == NAMES
    assert host.on("data/room_humidity")[-1]["seq"] == 2
    assert host.on("data/plate_heater")[-1]["value"] == 0.0
    warm = host.rack.plate.temperature(602.0)
    assert host.rack.plate.temperature(1200.0) < warm - 10.0


def test_on_a_broker() -> None:
    late: list[Message] = []

    async def main() -> None:
        core = Core()
        rack = SensorRack(Air(), Block(25.0))
        gateway = EMULATOR(rack, serial="SIM-5", rng=stream(1, "gateway"))
        device = OnTopics("gateway", gateway, core, lambda: None)
        device.start()
        await clock.sleep(5.5)
        core.attach("late", ["mgw1/+/state", "mgw1/gateway/reply/late"], late.append)
        asked = b'{"client": "late", "id": "x"}'
        core.publish(Message("mgw1/gateway/request/info", asked, 1))
        await clock.sleep(1.0)
        device.stop()

    clock.run(main(), virtual=True)
    told = [json.loads(each.payload) for each in late]
    assert [each.get("state", "reply") for each in told] == ["online", "reply", "offline"]
    assert late[0].retain and told[1]["result"]["uptime"] == pytest.approx(5.5)
