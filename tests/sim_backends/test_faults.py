from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim_backends.emulators.eurotherm.e3216 import E3216
from sim_backends.emulators.keithley.dmm6500 import DMM6500
from sim_backends.emulators.llp.sol1 import Sol1
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.faults import (
    Delay,
    Disconnect,
    Fault,
    FaultyEmulator,
    Garble,
    LineLost,
    Replace,
    Silence,
    Stuck,
    Truncate,
)
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Optics, Plate, Resistor, Talk, sealed


def meter(*faults: Fault) -> Talk:
    emulator = DMM6500(Resistor(1000.0, 0.5), serial="SIM-1", rng=stream(1, "meter"))
    return Talk(FaultyEmulator(emulator, faults))


def answers(talk: Talk, count: int) -> list[str]:
    return [talk.ask("*OPC?", patience=1.0) for _ in range(count)]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Silence(at=2), ["1", "", "1", "1"]),
        (Silence(at=2, times=2), ["1", "", "", "1"]),
        (Silence(at=3, times=None), ["1", "1", "", ""]),
        (Truncate(at=1, keep=0), ["", "1", "1", "1"]),
        (Garble(at=4, mask=1), ["1", "1", "1", "0"]),
    ],
)
def test_faults_at_their_transaction(fault: Fault, expected: Sequence[str]) -> None:
    assert answers(meter(fault), 4) == expected


def test_a_truncated_answer_has_no_end() -> None:
    assert meter(Truncate(at=1, keep=8)).answer(b"*IDN?\n") == b"KEITHLEY"


def test_a_late_answer() -> None:
    talk = meter(Delay(at=2, seconds=30.0))
    assert talk.ask("*OPC?") == "1" and talk.t < 0.01
    assert talk.ask("*OPC?") == "1" and talk.t == pytest.approx(30.002)
    talk.emulator.clear(talk.t)
    assert talk.ask("*OPC?") == "1"


def test_device_clear_drops_a_late_answer() -> None:
    talk = meter(Delay(at=1, seconds=30.0))
    talk.send(b"*OPC?\n")
    talk.run(1.0)
    talk.emulator.clear(talk.t)
    assert talk.emulator.due() is None


def test_a_cut_line() -> None:
    talk = meter(Disconnect(at=2))
    assert talk.ask("*OPC?") == "1"
    with pytest.raises(LineLost):
        talk.ask("*OPC?")


def test_a_stuck_value() -> None:
    talk = meter(Stuck(at=2))
    values = [talk.ask("READ?") for _ in range(5)]
    assert values[0] != values[1] and len(set(values[1:])) == 1
    assert talk.ask("*OPC?") == "1"


def test_an_exchanged_instrument_keeps_its_checks_right() -> None:
    talk = meter(Replace(at=2, old=b"SIM-1", new=b"SIM-2"))
    assert [talk.ask("*IDN?").split(",")[2] for _ in range(3)] == ["SIM-1", "SIM-2", "SIM-2"]
    lamp = Sol1(Optics(), serial="SIM-1", rng=stream(1, "lamp"))
    other = Talk(FaultyEmulator(lamp, [Replace(old=b"SIM-1", new=b"SIM-2")]))
    assert other.llp("ID?") == "= labctl LLP-SOL1 SIM-2 1.0"
    chuck = E3216(Plate(), serial="SIM-1", rng=stream(1, "chuck"))
    swapped = Talk(FaultyEmulator(chuck, [Replace(old=b"\x03\x02", new=b"\x03\x09")]))
    # Register 107 is the firmware version, 0302: it reads 0309 after the exchange.
    answer = swapped.answer(frame(bytes.fromhex("0103006b0001")))
    assert answer == frame(bytes.fromhex("010309") + bytes.fromhex("0309"))


def test_several_faults_act_together() -> None:
    talk = meter(Delay(at=1, seconds=2.0), Truncate(at=1, keep=3))
    assert talk.answer(b"*IDN?\n") == b"KEI" and talk.t == pytest.approx(2.001)


def test_garbled_llp_is_not_accepted_by_its_check() -> None:
    lamp = Sol1(Optics(), serial="SIM-1", rng=stream(1, "lamp"))
    talk = Talk(FaultyEmulator(lamp, [Garble(at=1)]))
    answer = talk.answer(sealed("ID?"))
    assert answer.endswith(b"\r\n") and b"labctl" not in answer
