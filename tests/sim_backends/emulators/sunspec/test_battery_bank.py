"""The management system of a bank on SunSpec: what it tells, alarms, contactor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim_backends.emulators.sunspec.bank_bms import BankBms
from sim_backends.emulators.sunspec.battery_bank import BatteryBank
from sim_backends.emulators.sunspec.management import COMMUNICATION, HEARTBEAT, HOT_ALARM
from sim_backends.models.hybrid_ports import BankSheet, BankTold


class Port:
    """A bank that tells what it is given."""

    rated = BankSheet(140, 10, 300.0, 157e3, 300e3, 2.9, 4.22, 450.0, "TEST")

    def __init__(self) -> None:
        self.closed = True
        cells, modules = np.full(140, 3.7), np.full(10, 25.0)
        self.now = BankTold(
            518.0, 200.0, cells, modules, 0.6543, 0.98, 10.0, frozenset(), frozenset()
        )

    def told(self, t: float) -> BankTold:
        return self.now

    def connect(self, closed: bool, t: float) -> None:
        self.closed = closed

    def connected(self) -> bool:
        return self.closed


def test_hundreds_of_kilowatts_fit_into_the_registers() -> None:
    bank = BatteryBank(Port(), serial="1", rng=np.random.default_rng(1))
    model = next(m for m in bank._models() if m.id == 802)
    bank.bms.update(0.0)
    values, scales = model.values(), model.scales
    assert values["SoC"] == pytest.approx(65.43)
    assert scales["SoC_SF"] == -2
    for name, scale in (("WHRtg", "WHRtg_SF"), ("W", "W_SF"), ("A", "A_SF")):
        value = values[name]
        assert isinstance(value, float)
        assert abs(value) / 10.0 ** scales[scale] < 32768
    assert "SetInvState" not in model.puts


def test_an_alarm_of_temperature_opens_and_goes_with_its_cause() -> None:
    port = Port()
    bms = BankBms(port)
    port.now = replace(port.now, alarms=frozenset({HOT_ALARM}))
    bms.update(1.0)
    assert bms.latched == {HOT_ALARM}
    assert not port.closed
    port.now = replace(port.now, alarms=frozenset[int]())
    bms.update(2.0)
    assert not bms.latched
    assert not port.closed
    bms.operate(True, 2.0)
    bms.update(5.0)
    assert port.closed


def test_a_missed_heartbeat_is_latched_until_it_is_reset() -> None:
    port = Port()
    bms = BankBms(port)
    bms.beat(1, 0.0)
    bms.update(HEARTBEAT)
    assert COMMUNICATION in bms.latched
    assert not port.closed
    bms.controller_restarted()
    bms.reset()
    assert not bms.latched
