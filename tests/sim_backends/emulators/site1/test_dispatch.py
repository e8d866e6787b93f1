from __future__ import annotations

import json

import pytest

from labctl.clock import VIRTUAL_EPOCH
from sim_backends.plugs.mqtt_codec import Message
from tests.sim_backends.emulators.site1.hosts import Site


def dispatched() -> Site:
    host = Site()
    assert host.write(600, 1, 4) == 0
    return host


def test_it_announces_itself_and_leaves_a_will() -> None:
    host = Site()
    (message,) = host.heard
    told = json.loads(message.payload)
    assert message.topic == "site1/site/state" and message.retain
    assert told["serial"] == "SIM-00000021" and told["boot"] == 1 and told["state"] == "online"
    will = host.centre.will
    assert will is not None and json.loads(will.payload) == {"state": "offline"}


def test_both_sides_are_one_controller_with_one_counter() -> None:
    host = dispatched()
    assert host.command(3000.0) == 0
    began = host.t
    told = host.dispatch(5000.0)
    assert told["taken"] and told["count"] == 2 and told["active"] == 5000.0
    assert told["time"] * 1e-6 - VIRTUAL_EPOCH == pytest.approx(began, abs=0.0205)
    assert host.site.marks[-1] == began and host.site.dispatched == 5000.0
    assert host.long(106) == 2 and host.read(105) == [2] and host.real(116) == 5000.0


def test_a_dispatch_that_runs_out_leads_to_the_fallback() -> None:
    host = dispatched()
    host.dispatch(5000.0, valid=2.0)
    began = host.t
    host.run(began + 1.5)
    host.dispatch(6000.0, valid=2.0)
    host.run(host.t + 1.9)
    assert host.site.running
    host.run(host.t + 0.2)
    assert host.read(100, 3) == [2, 4, 2] and not host.site.running
    assert host.dispatch(1000.0)["error"]["code"] == "not_dispatched"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"active": "much"}, "bad_request"), ({"reactive": True}, "bad_request"),
        ({"active": 22501.0}, "out_of_range"), ({"reactive": 18001.0}, "out_of_range"),
        ({"valid": 0.05}, "out_of_range"), ({"number": -1}, "old_number"),
    ],
)  # fmt: skip
def test_what_is_refused(content: dict[str, object], code: str) -> None:
    host = dispatched()
    host.dispatch(100.0)
    told = host.dispatch(**{"active": 200.0} | content)  # type: ignore[arg-type]
    assert not told["taken"] and told["error"]["code"] == code
    assert host.site.dispatched == 100.0 and host.long(108) == 1


def test_without_the_function_nothing_is_dispatched() -> None:
    host = Site()
    assert host.dispatch(100.0)["error"]["code"] == "not_dispatched"


def test_the_same_number_is_taken_once_and_answered_as_before() -> None:
    host = dispatched()
    first = host.dispatch(5000.0, number=40)
    host.run(host.t + 1.0)
    assert host.dispatch(5000.0, number=40) == first and host.long(106) == 1


def test_telemetry_is_told_when_asked_for() -> None:
    host = dispatched()
    host.dispatch(5000.0)
    host.run(host.t + 0.5)
    told = host.ask("read")
    assert (told["state"], told["functions"], told["alarms"]) == ("running", ["dispatch"], [])
    assert told["meter_active"] == 5000.0 and told["drawn"] == -5000.0 and told["commands"] == 1
    assert 0 <= told["time"] - told["meter_time"] < 130_000 and told["rated_active"] == 15e3


@pytest.mark.parametrize("payload", [b"[]", b"x", b'{"client": "c"}', b'{"number": 1}', b"\xff"])
def test_what_cannot_be_answered_gets_no_answer(payload: bytes) -> None:
    host = dispatched()
    host.centre.receive(Message("site1/site/dispatch", payload), host.t)
    assert host.centre.due() is None
