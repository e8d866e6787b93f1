from __future__ import annotations

import math
import struct

import pytest

from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.f4t import LONGEST_PERIOD
from tests.sim_backends.emulators.watlow.host import (
    ACTION,
    ACTIVE,
    ALARM,
    CLEAR,
    HIGHEST,
    HUMIDITY,
    LOWEST,
    MODE,
    OUTPUT,
    POWER,
    RATE,
    SCALE,
    SET_POINT,
    VALUE,
    WORKING,
    Host,
    refusal,
)


def test_identity() -> None:
    host = Host()
    assert "".join(map(chr, host.words(16, 15))) == "F4T1L1DAA1A2AAA"
    assert host.words(12, 2) == [42, 0]
    assert "".join(map(chr, host.words(46, 12))) == "SIM-00000042"
    assert host.words(90) == [Code.OK]
    host.put(46, *map(ord, "rig 3"), 0)
    assert "".join(map(chr, host.words(46, 6))) == "rig 3\0"


def test_as_delivered_it_only_measures() -> None:
    host = Host()
    assert host.words(MODE) == [Code.OFF] and host.words(ACTIVE) == [Code.OFF]
    assert host.real(VALUE) == pytest.approx(23.0, abs=0.6)
    assert host.real(27586) == host.real(VALUE)
    assert host.real(VALUE + HUMIDITY) == pytest.approx(45.0, abs=2.2)
    host.run(10.0)
    assert host.device.event() is None


def test_it_brings_the_chamber_to_the_set_point_and_holds_it() -> None:
    host = Host()
    host.put_real(SET_POINT, 60.0)
    host.put(MODE, Code.AUTO)
    assert host.words(33718) == [Code.ON]
    host.run(3600.0)
    assert host.real(VALUE) == pytest.approx(60.0, abs=0.15)
    assert host.chamber.temperature(host.t) == pytest.approx(60.0, abs=0.8)
    assert 0.0 < host.real(OUTPUT) < 100.0
    host.put_real(SET_POINT, -20.0)
    host.run(host.t + 5400.0)
    assert host.real(VALUE) == pytest.approx(-20.0, abs=0.2)
    host.put(MODE, Code.OFF)
    assert host.real(OUTPUT) == 0.0
    host.run(host.t + 1e5)
    assert host.chamber.temperature(host.t) == pytest.approx(23.0, abs=0.1)


def test_holding_costs_few_steps() -> None:
    host = Host()
    host.put_real(SET_POINT, 40.0)
    host.put(MODE, Code.AUTO)
    host.run(20000.0)
    before = host.chamber.steps
    host.run(host.t + 36000.0)
    assert host.chamber.steps - before < 1.5 * 36000.0 / LONGEST_PERIOD
    assert host.real(VALUE) == pytest.approx(40.0, abs=0.15)


def test_the_humidity_loop() -> None:
    host = Host()
    for register in (SET_POINT, SET_POINT + HUMIDITY):
        host.put_real(register, 40.0 if register == SET_POINT else 80.0)
    host.put(MODE, Code.AUTO)
    host.put(MODE + HUMIDITY, Code.AUTO)
    host.run(7200.0)
    assert host.real(VALUE) == pytest.approx(40.0, abs=0.2)
    assert host.real(VALUE + HUMIDITY) == pytest.approx(80.0, abs=1.0)


def test_words_can_stand_the_other_way_round() -> None:
    host = Host()
    host.put_real(SET_POINT, 30.0)
    low, high = host.words(SET_POINT, 2)
    host.device.word_order = "high-low"
    assert host.words(SET_POINT, 2) == [high, low]
    host.put(SET_POINT, *struct.unpack(">HH", struct.pack(">f", 35.0)))
    assert host.device.loops[0].set_point == 35.0


def test_units_of_the_channel() -> None:
    host = Host()
    host.put_real(SET_POINT, 30.0)
    host.put(6730, Code.FAHRENHEIT)
    assert host.real(SET_POINT) == pytest.approx(86.0)
    host.put_real(SET_POINT, 212.0)
    host.put_real(RATE, 18.0)
    host.put(6730, Code.CELSIUS)
    assert host.real(SET_POINT) == pytest.approx(100.0)
    assert host.real(RATE) == pytest.approx(10.0)


def test_limits_and_refusals() -> None:
    host = Host()
    assert (host.real(LOWEST), host.real(HIGHEST)) == (-70.0, 180.0)
    assert host.put_real(SET_POINT, 181.0) == refusal(16, 3)
    assert host.put_real(SET_POINT, math.nan) == refusal(16, 3)
    assert host.put(SET_POINT, 0) == refusal(6, 3)
    assert host.put_real(HIGHEST, 20.0) == refusal(16, 3)
    assert host.put_real(VALUE, 20.0) == refusal(16, 2)
    assert host.put(MODE, 11) == refusal(6, 3)
    assert host.put_real(POWER, 101.0) == refusal(16, 3)
    assert host.put_real(RATE, -1.0) == refusal(16, 3)
    assert host.call(struct.pack(">BHH", 3, 3000, 1)) == refusal(3, 2)
    assert host.call(struct.pack(">BHH", 3, SET_POINT, 126)) == refusal(3, 3)
    assert host.real(SET_POINT) == 25.0


def test_a_manual_ramp() -> None:
    host = Host()
    host.put_real(SET_POINT, 23.0)
    host.put(ACTION, Code.SET_POINT)
    host.put_real(RATE, 2.0)
    host.put(MODE, Code.AUTO)
    host.run(600.0)
    host.put_real(SET_POINT, 43.0)
    began = host.t
    host.run(began + 300.0)
    assert host.real(WORKING) == pytest.approx(33.0, abs=0.2)
    host.put(SCALE, Code.HOURS)
    host.run(host.t + 300.0)
    assert host.real(WORKING) == pytest.approx(33.0, abs=0.5)
    host.put(ACTION, Code.OFF)
    host.put_real(SET_POINT, 50.0)
    host.run(host.t + 2.0)
    assert host.real(WORKING) == 50.0


def test_a_ramp_at_start() -> None:
    host = Host()
    host.put(ACTION, Code.STARTUP)
    host.put_real(RATE, 1.0)
    host.put_real(SET_POINT, 40.0)
    host.put(MODE, Code.AUTO)
    host.run(host.t + 60.0)
    assert host.real(WORKING) == pytest.approx(24.0, abs=1.0)


def test_manual_power() -> None:
    host = Host()
    host.put(MODE, Code.MANUAL)
    host.put_real(POWER, 5.0)
    host.run(host.t + 2.0)
    assert host.real(OUTPUT) == 5.0 and host.words(ACTIVE) == [Code.MANUAL]
    host.run(host.t + 600.0)
    assert host.real(VALUE) > 24.0


def test_a_latching_alarm_stands_until_it_is_cleared() -> None:
    host = Host()
    assert host.words(ALARM) == [Code.NONE]
    host.put_real(1334, 22.0)
    assert host.words(ALARM) == [Code.ALARM_HIGH]
    host.put(CLEAR, Code.CLEAR)
    assert host.words(ALARM) == [Code.ALARM_HIGH]
    host.put_real(1334, 100.0)
    assert host.words(ALARM) == [Code.ALARM_HIGH]
    host.put(CLEAR, Code.CLEAR)
    assert host.words(ALARM) == [Code.NONE]


def test_alarms_that_do_not_latch() -> None:
    host = Host()
    second = 100
    host.put(1330 + second, Code.DEVIATION_ALARM)
    host.put(1332 + second, Code.LOW)
    host.put_real(1336 + second, -5.0)
    assert host.words(ALARM + second) == [Code.NONE]
    host.put(MODE, Code.AUTO)
    host.put_real(SET_POINT, 35.0)
    host.run(host.t + 2.0)
    assert host.words(ALARM + second) == [Code.ALARM_LOW]
    host.run(host.t + 3600.0)
    assert host.words(ALARM + second) == [Code.NONE]


def test_a_broken_sensor_switches_off() -> None:
    host = Host()
    host.put_real(SET_POINT, 60.0)
    host.put(MODE, Code.AUTO)
    host.run(60.0)
    host.chamber.broken = True
    host.run(host.t + 2.0)
    assert host.words(ALARM) == [Code.ERROR]
    assert host.words(ACTIVE) == [Code.OFF] and host.words(MODE) == [Code.AUTO]
    assert host.real(OUTPUT) == 0.0 and math.isnan(host.real(VALUE))


def test_the_door() -> None:
    host = Host()
    assert host.words(33758) == [Code.OFF]
    host.chamber.open_door(True, host.t)
    assert host.words(33758) == [Code.ON]


def test_another_unit_is_no_target() -> None:
    host = Host()
    reply = host.answer(struct.pack(">HHHBBHH", 1, 0, 6, 7, 3, VALUE, 2))
    assert reply[7:] == bytes((0x83, 0x0B))
