from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.rigol.dp832 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces

NOTHING = '0,"No error"'


def supply(*loads: Resistor, seed: int = 1) -> Talk:
    ports = (*loads, Resistor(100.0), Resistor(50.0), Resistor(10.0))[:3]
    return Talk(EMULATOR(ports, serial="SIM-5", rng=stream(seed, "dp832")))


def settled(talk: Talk, *commands: str) -> Talk:
    talk.say(*commands)
    talk.run(talk.t + 0.2)
    return talk


def test_defaults_and_selection() -> None:
    talk = supply()
    assert talk.ask("*IDN?") == "RIGOL TECHNOLOGIES,DP832,SIM-5,00.01.16"
    # DP800 programming guide 2-6: `:APPL? CH1` -> `CH1,5.000,1.0000`; 3 A by default.
    assert talk.ask(":APPL? CH1") == "CH1,0.000,3.0000"
    talk.say(":APPL CH1,5,1")
    assert talk.ask(":APPL? CH1") == "CH1,5.000,1.0000" and talk.ask("APPL? CH1,CURR") == "1.0000"
    talk.say(":INST:NSEL 2; :SOUR:VOLT 7")
    assert talk.ask(":INST?;:VOLT?;:SOUR2:VOLT?;:SOUR1:VOLT?") == "CH2;7.000;7.000;5.000"
    assert talk.ask(":SOUR1:VOLT? MAX;:SOUR3:VOLT? MAX;:SOUR3:CURR? MIN") == "32.000;5.300;0.0000"
    talk.say(":SOUR3:VOLT 6")
    assert talk.ask(":SYST:ERR?").startswith("-222,") and talk.ask(":SOUR3:VOLT?") == "0.000"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("channel", "volts", "ohms"), [(1, 10.0, 100.0), (2, 30.0, 50.0), (3, 5.0, 10.0)]
)
def test_constant_voltage_is_true_within_the_data_sheet(
    seed: int, channel: int, volts: float, ohms: float
) -> None:
    talk = settled(supply(seed=seed), f":APPL CH{channel},{volts},2", f":OUTP CH{channel},ON")
    assert talk.ask(f":OUTP? CH{channel};:OUTP:MODE? CH{channel}") == "ON;CV"
    v, a, w = (float(part) for part in talk.ask(f":MEAS:ALL? CH{channel}").split(","))
    assert v == pytest.approx(volts, abs=1e-3 * volts + 0.045)
    assert a == pytest.approx(volts / ohms, abs=2e-3 * volts / ohms + 7e-3)
    assert w == pytest.approx(v * a, abs=1e-3)
    true = supply_calls(talk, channel)[-1][1]
    assert true == pytest.approx(volts, abs=5e-4 * volts * 2 + 0.021)


def supply_calls(talk: Talk, channel: int) -> list[tuple[str, float, float]]:
    port = talk.emulator.outputs[channel - 1]._port  # type: ignore[attr-defined]
    return [call for call in port.calls if call[0] == "V"]


def test_the_current_limit_takes_over() -> None:
    talk = settled(supply(), ":APPL CH1,10,0.05", ":OUTP CH1,ON")
    assert talk.ask(":OUTP:MODE? CH1;:OUTP:CVCC? CH1") == "CC;CC"
    assert talk.ask(":STAT:QUES:INST:ISUM1:COND?;:STAT:QUES:INST:ISUM2:COND?") == "1;0"
    assert float(talk.ask(":MEAS:CURR? CH1")) == pytest.approx(0.05, abs=0.012)
    settled(talk, ":SOUR1:CURR 1")
    assert talk.ask(":OUTP:MODE? CH1") == "CV" and float(talk.ask(":MEAS? CH1")) > 9.9


def test_over_voltage_trips_and_stays() -> None:
    load = Resistor(100.0)
    talk = settled(
        supply(load), ":OUTP:OVP:VAL CH1,8.8;:OUTP:OVP CH1,ON;:APPL CH1,8,1;:OUTP CH1,ON"
    )
    assert talk.ask(":OUTP:OVP:VAL? CH1;:OUTP:OVP? CH1;:OUTP:OVP:QUES? CH1") == "8.800;ON;NO"
    talk.say(":SOUR1:VOLT 9")
    talk.run(talk.t + 0.2)
    assert talk.ask(":OUTP? CH1;:OUTP:OVP:QUES? CH1;:SOUR1:VOLT:PROT:TRIP?") == "OFF;YES;YES"
    assert load.calls[-1][0] == "open" or load.calls[-1][1] == 0.0
    assert talk.ask(":OUTP:MODE? CH1;:MEAS:ALL? CH1") == "UR;0.0000,0.0000,0.000"
    talk.say(":OUTP CH1,ON")
    assert talk.ask(":SYST:ERR?").startswith("-221,") and talk.ask(":OUTP? CH1") == "OFF"
    settled(talk, ":OUTP:OVP:CLEAR CH1;:SOUR1:VOLT 8;:OUTP CH1,ON")
    assert talk.ask(":OUTP? CH1;:OUTP:OVP:ALAR? CH1;:SYST:ERR?") == f"ON;NO;{NOTHING}"


def test_over_current_trips_without_anybody_asking() -> None:
    talk = settled(supply(), ":SOUR2:CURR:PROT 0.1;:SOUR2:CURR:PROT:STAT ON;:APPL CH2,10,3")
    began = talk.t
    talk.say(":OUTP CH2,ON")
    talk.run(began + 1.0)
    calls = talk.emulator.outputs[1]._port.calls  # type: ignore[attr-defined]
    opened = [t for kind, _, t in calls if kind == "open"]
    assert opened and began < opened[0] <= began + 0.1
    assert talk.ask(":OUTP? CH2;:OUTP:OCP:QUES? CH2") == "OFF;YES"
    assert talk.ask(":STAT:QUES:INST:ISUM2:COND?") == "8"


def test_a_battery_above_the_set_voltage_keeps_its_own() -> None:
    talk = settled(supply(Resistor(1.0, 12.0)), ":APPL CH1,5,1", ":OUTP CH1,ON")
    assert talk.ask(":OUTP:MODE? CH1") == "UR"
    v, a, _ = (float(part) for part in talk.ask(":MEAS:ALL? CH1").split(","))
    assert v == pytest.approx(12.0, abs=0.05) and a == 0.0


def test_reset_turns_everything_off() -> None:
    talk = settled(supply(), ":APPL CH1,5,1;:APPL CH3,3,1;:OUTP ALL,ON")
    assert talk.ask(":OUTP? CH1;:OUTP? CH2;:OUTP? CH3") == "ON;ON;ON"
    talk.say("*RST")
    assert talk.ask(":OUTP? CH1;:OUTP? CH3;:APPL? CH3") == "OFF;OFF;CH3,0.000,3.0000"
    for command in ("FOO?", ":OUTP CH4,ON", ":APPL", ":MEAS:ALL? CH9", ":OUTP:OVP:VAL CH1,99"):
        talk.ask(command, 0.5)
    codes = [talk.ask(":SYST:ERR?").split(",")[0] for _ in range(6)]
    assert codes == ["-113", "-224", "-109", "-224", "-222", "0"]


SCRIPT = b"*RST\r\n:APPL CH1,5,1\n:OUTP CH1,ON\n:MEAS:ALL? CH1\nFOO\n:OUTP:MODE? CH1\n:SYST:ERR?\n"


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 100), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = supply(), supply()
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_bytes_never_break_it() -> None:
    emulator = supply().emulator
    t = hammer(emulator, [line + b"\n" for line in SCRIPT.split(b"\n")], 300, stream(1, "hammer"))
    settle(emulator, t + 10.0)
    emulator.clear(t + 10.0)
    assert Talk(emulator).ask("*CLS;*OPC?") == "1"
