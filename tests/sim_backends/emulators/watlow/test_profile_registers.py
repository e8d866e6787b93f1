from __future__ import annotations

import pytest

from sim_backends.emulators.watlow.codes import Code
from tests.sim_backends.emulators.watlow.host import (
    ACT,
    ACTIVE,
    END,
    HUMIDITY,
    RESUME,
    SET_POINT,
    START,
    STATE,
    STEP,
    WORKING,
    Host,
    refusal,
)


def test_a_profile_is_started_paused_resumed_and_terminated() -> None:
    host = Host()
    assert host.words(STATE) == [Code.NOT_STARTED] and host.words(48000) == [2]
    host.put_real(SET_POINT, 25.0)
    host.put(START, 1)
    host.put(STEP, 1)
    host.put(ACT, Code.START)
    assert host.words(STATE) == [Code.RUNNING] and host.words(ACTIVE) == [Code.AUTO]
    assert host.put(ACT, Code.START) == refusal(6, 3)
    host.run(host.t + 300.0)
    assert host.real(WORKING) == pytest.approx(35.0, abs=0.2)
    host.put(END, Code.PAUSE)
    host.run(host.t + 600.0)
    assert host.words(STATE) == [Code.PAUSE]
    assert host.real(WORKING) == pytest.approx(35.0, abs=0.2)
    host.put(RESUME, Code.RESUME)
    host.run(host.t + 900.0)
    assert host.words(16588) == [1] and host.words(16590) == [2]
    minutes, hours = host.words(16624)[0], host.words(16626)[0]
    assert (hours, minutes) in ((0, 27), (0, 28), (0, 29))
    host.put(END, Code.TERMINATE)
    host.run(host.t + 2.0)
    assert host.words(STATE) == [Code.TERMINATED]
    assert host.real(WORKING) == 25.0


def test_a_profile_runs_to_its_end() -> None:
    host = Host()
    host.put(START, 2)
    host.put(ACT, Code.START)
    host.run(20000.0)
    assert host.words(STATE) == [Code.RUNNING]
    host.run(3 * 14400.0 + 100.0)
    assert host.words(STATE) == [Code.COMPLETE]
    assert host.real(SET_POINT) == 25.0
    assert host.real(SET_POINT + HUMIDITY) == 50.0


def test_stored_profiles_are_listed() -> None:
    host = Host()
    assert "".join(map(chr, host.words(16886, 8))) == "Bake 60\0"
    assert host.words(48002) == [1] and host.words(48006) == [0]
    host.put(18888, 2)
    assert host.words(18920) == [6]
    host.put(18888, 3)
    assert host.words(18920) == [0]
    host.put(START, 3)
    assert host.put(ACT, Code.START) == refusal(6, 3)


def test_a_running_profile_does_not_outlive_the_power() -> None:
    host = Host()
    host.put(ACT, Code.START)
    host.device.power_on(host.t + 5.0)
    host.t += 6.0
    assert host.words(STATE) == [Code.TERMINATED]
