from __future__ import annotations

import pytest

from labctl.errors import BenchError
from sim_backends.faults import (
    Delay,
    Disconnect,
    Drift,
    Fault,
    Garble,
    LineLost,
    Reboot,
    Sensor,
    Silence,
    Stuck,
    Truncate,
)
from sim_backends.faulty_ports import spoiled
from sim_backends.faulty_topics import FaultyTopics
from sim_backends.models.reference.thermal import Block
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.streams import stream
from tests.sim_backends.emulators.topic_thermometer import TopicThermometer

WILL = Message("room/status", b"offline", 1, True)


def made(*faults: Fault, sensed: bool = True) -> FaultyTopics:
    """A thermometer at 23 degC that has announced itself and told its first value."""
    sensor, block = Sensor(), Block(23.0)
    port = spoiled(block, sensor)
    assert port is not None

    def make(t: float) -> TopicThermometer:
        return TopicThermometer(port, serial="SIM-1", rng=stream(1, "room"))

    device = FaultyTopics(make(0.0), (), sensor=sensor if sensed else None, renew=make)
    assert [each.payload for each in device.send(0.0)][:1] == [b"online"]
    for fault in faults:
        device.add(fault)
    return device


def told(device: FaultyTopics, t: float) -> list[bytes]:
    """Payloads of what it publishes when it is asked for its serial number at `t`."""
    device.receive(Message("room/ask", b"id"), t)
    due = device.due()
    assert due is not None and due > t
    return [each.payload for each in device.send(due) if each.topic != "room/telemetry"]


def test_without_a_fault_it_is_as_it_was() -> None:
    device = made()
    assert (device.filters, device.will, device.due()) == (("room/ask",), WILL, 10.0)
    assert told(device, 1.0) == [b"SIM-1"]


def test_what_spoils_a_payload() -> None:
    assert told(made(Silence()), 1.0) == []
    assert told(made(Truncate(keep=2)), 1.0) == [b"SI"]
    assert told(made(Garble(mask=1)), 1.0) == [bytes(each ^ 1 for each in b"SIM-1")]
    device = made(Silence(at=2))
    assert told(device, 1.0) == [b"SIM-1"] and told(device, 2.0) == []


def test_late_messages() -> None:
    device = made(Delay(seconds=3.0))
    assert told(device, 1.0) == []
    assert device.due() == pytest.approx(4.05)
    assert [each.payload for each in device.send(4.05)] == [b"SIM-1"]


def test_a_topic_that_repeats_itself() -> None:
    device = made(Stuck())
    assert told(device, 1.0) == [b"SIM-1"]
    device.receive(Message("room/ask", b"value"), 2.0)
    assert [each.payload for each in device.send(2.1)] == [b"SIM-1"]


def test_a_cut_line() -> None:
    device = made(Disconnect())
    with pytest.raises(LineLost):
        told(device, 1.0)
    assert told(device, 2.0) == [b"SIM-1"]


def test_a_restart_says_the_will_and_announces_again() -> None:
    device = made(Reboot(seconds=5.0))
    assert told(device, 1.0) == [WILL.payload]
    device.receive(Message("room/ask", b"id"), 2.0)
    assert device.due() == pytest.approx(6.05)
    assert device.send(3.0) == []
    assert next(iter(device.send(6.05))).payload == b"online"


def test_a_restart_at_a_time_and_healing() -> None:
    device = made(Reboot(after=5.0, seconds=1.0))
    assert device.due() == 5.0
    assert device.send(5.0) == [WILL]
    healed = made(Reboot(after=5.0), Silence(times=None))
    healed.heal()
    assert told(healed, 1.0) == [b"SIM-1"] and healed.due() == 10.0


def test_a_drifting_sensor_and_one_that_cannot_be_reached() -> None:
    device = made(Drift(rate=1.0))
    first = float(device.send(10.0)[0].payload)
    assert float(device.send(20.0)[0].payload) == pytest.approx(first + 10.0, abs=1e-3)
    with pytest.raises(BenchError, match="no sensor that can drift"):
        made(Drift(rate=1.0), sensed=False)
