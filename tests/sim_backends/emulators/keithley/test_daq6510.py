from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.keithley.daq6510 import EMULATOR
from sim_backends.emulators.keithley.dmm6500_scan import EMULATOR as DMM6500_SCAN
from sim_backends.models.ports import ElectricalPort
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.models.reference.scanner import WiredScanner
from sim_backends.models.reference.thermocouple import ReferencePlatinum, ReferenceThermocouple
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

CHANNELS: dict[int, ElectricalPort] = {
    101: ReferenceThermocouple("K", 300.0, 24.0),
    102: ReferencePlatinum(50.0),
    103: ReferenceResistor(1e6, 5.0),
    104: ReferenceThermocouple("K", 100.0, broken=True),
    105: ReferenceResistor(4700.0),
}
SETUP = (
    ':FUNC "TEMP",(@101,104);:TEMP:TRAN TC,(@101,104);TC:TYPE K,(@101,104)',
    ":TEMP:TC:RJUN:RSEL INT,(@101,104)",
    ':FUNC "TEMP",(@102);:TEMP:TRAN FRTD,(@102)',
    ':SENS:FUNC "RES",(@105)',
)


def daq(seed: int = 1) -> Talk:
    wired = WiredScanner(None, CHANNELS, 24.0)
    return Talk(EMULATOR(wired, serial="SIM-3", rng=stream(seed, "daq6510")))


def front(port: ElectricalPort) -> Talk:
    return Talk(EMULATOR(port, serial="SIM-3", rng=stream(1, "daq6510")))


def test_identity() -> None:
    talk = daq()
    # Form as in pymeasure's protocol test of this model, from a real unit.
    assert talk.ask("*IDN?") == "KEITHLEY INSTRUMENTS,MODEL DAQ6510,SIM-3,1.7.12b"
    assert talk.ask("ROUT:TERM?;:SYST:CARD1:IDN?") == "REAR;7700,20Ch Mux w/CJC,1.0.0a,SIM-3-1"
    assert talk.ask("SYST:CARD1:VCH:STAR?;END?;:SYST:CARD2:IDN?") == "101;120;Empty Slot"
    assert front(ReferenceResistor(1.0)).ask("ROUT:TERM?") == "FRON"


@pytest.mark.parametrize("seed", range(10))
def test_a_scan_reads_every_sensor(seed: int) -> None:
    talk = daq(seed)
    talk.say(*SETUP, ":ROUT:SCAN:CRE (@101:105);COUN:SCAN 2", "INIT")
    assert talk.ask("TRIG:STAT?") == "RUNNING;RUNNING;0"
    assert talk.ask("*WAI;:TRAC:ACT?;:TRIG:STAT?") == "10;IDLE;IDLE;0"
    cells = talk.ask('TRAC:DATA? 6,10,"defbuffer1",CHAN,READ').split(",")
    assert cells[::2] == ["101", "102", "103", "104", "105"]
    values = [float(cell) for cell in cells[1::2]]
    # 0.2 degC, 1 degC of the internal junction, and the 100 mV range over 41 uV/K.
    assert values[0] == pytest.approx(300.0, abs=1.25)
    assert values[1] == pytest.approx(50.0, abs=0.12)
    assert values[2] == pytest.approx(5.0, abs=5 * 2.5e-5 + 5e-5 + 2e-5)
    assert values[3] == 9.9e37
    assert values[4] == pytest.approx(4700.0, rel=2e-4)


def test_the_time_of_a_scan() -> None:
    talk = daq()
    talk.say(":VOLT:NPLC 5,(@103)", ":ROUT:SCAN:CRE (@103);COUN:SCAN 3;:ROUT:SCAN:INT 2", "INIT")
    assert talk.ask("*OPC?") == "1"
    assert talk.t == pytest.approx(2 * 2.0 + 0.003 + 0.1 + 1e-4, abs=5e-3)
    times = talk.ask('TRAC:DATA? 1,3,"defbuffer1",REL').split(",")
    assert [float(time) for time in times] == pytest.approx([0.0, 2.0, 4.0], abs=1e-6)
    talk.say(":ROUT:SCAN:COUN:SCAN 0", "INIT")
    talk.run(talk.t + 60.0)
    talk.say("ABOR")
    assert talk.ask("TRIG:STAT?;*OPC?") == "IDLE;IDLE;0;1"


def test_channels_are_closed_one_at_a_time() -> None:
    talk = daq()
    assert talk.ask("ROUT:CLOS?") == "(@)"
    assert float(talk.ask("READ?")) == pytest.approx(0.0, abs=1e-5)
    talk.say(":ROUT:CLOS (@103)")
    assert talk.ask("ROUT:CLOS?;:ROUT:STAT? (@103,105)") == "(@103);1,0"
    assert float(talk.ask("READ?")) == pytest.approx(5.0, rel=1e-4)
    talk.say(*SETUP, ":ROUT:CHAN:CLOS (@105)")
    assert float(talk.ask("READ?")) == pytest.approx(4700.0, rel=1e-3)
    talk.say(":ROUT:OPEN (@105)")
    assert talk.ask(":ROUT:CLOS?") == "(@)"
    talk.say(":ROUT:CLOS (@103);:ROUT:OPEN:ALL")
    assert talk.ask(":ROUT:CLOS?;:SYST:ERR?") == '(@);0,"No error;0;0 0"'


def test_settings_belong_to_their_channel() -> None:
    talk = daq()
    talk.say(":SENS:VOLT:NPLC 10,(@101:102);RANG 10,(@101)")
    assert talk.ask("VOLT:NPLC? (@101:103)") == "1.000000E+01;1.000000E+01;1.000000E+00"
    assert talk.ask("VOLT:RANG:AUTO? (@101);AUTO?") == "0;1"
    assert talk.ask("FUNC? (@101);:VOLT:NPLC?") == '"VOLT:DC";1.000000E+00'
    talk.say("*RST")
    assert talk.ask("VOLT:NPLC? (@101)") == "1.000000E+00"


def test_thermocouple_settings() -> None:
    talk = daq()
    talk.say(SETUP[0], ":TEMP:TC:RJUN:RSEL SIM,(@101);SIM 24,(@101)", ":ROUT:CLOS (@101)")
    assert float(talk.ask("READ?")) == pytest.approx(300.0, abs=0.4)
    talk.say(":TEMP:UNIT KELV")
    assert float(talk.ask("READ?")) == pytest.approx(573.15, abs=0.4)
    # Type J instead of K is a wrong temperature, as in the laboratory.
    talk.say(":TEMP:UNIT CELS;TC:TYPE J")
    assert abs(float(talk.ask("READ?")) - 300.0) > 30.0
    talk.say(":TEMP:TC:TYPE K;RJUN:SIM 34")
    assert float(talk.ask("READ?")) == pytest.approx(310.0, abs=1.5)


def test_front_terminals_of_known_devices() -> None:
    talk = front(ReferenceResistor(1000.0, 0.5))
    talk.say(':SENS:FUNC "CURR";:SENS:CURR:NPLC 1;')
    assert talk.ask(":SENS:FUNC?") == '"CURR:DC"'
    assert float(talk.ask(":READ?")) == pytest.approx(-0.5e-3, rel=1e-3)
    assert float(talk.ask(":MEAS:VOLT?")) == pytest.approx(0.5, rel=1e-4)
    assert float(front(ReferenceResistor(120.0)).ask("MEAS:FRES?")) == pytest.approx(120, rel=1e-3)
    talk.say(":SENS:CURR:RANG:AUTO 0;:SENS:CURR:RANG 1")
    assert float(talk.ask(":SENS:CURR:RANG?")) == 1.0
    talk.say(":ROUT:CLOS (@101)")
    assert talk.ask(":SYST:ERR?").startswith("-221,")


@pytest.mark.parametrize(
    ("command", "code"),
    [(":ROUT:CLOS (@199)", -222), (":ROUT:CLOS 101", -102), (':FUNC "FOO",(@101)', -224),
     (":ROUT:TERM FRON", -221), (":VOLT:NPLC (@101)", -109), (":VOLT:NPLC 1,(@101),2", -108),
     (":ROUT:SCAN:CRE (@101,150)", -222), (":TEMP:TC:TYPE Q", -224), (":ROUT:CLOS", -109),
     (":FUNC 'FRES',(@115);:ROUT:CLOS (@115)", -221)],
)  # fmt: skip
def test_refusals(command: str, code: int) -> None:
    talk = daq()
    talk.say(command)
    assert talk.ask("SYST:ERR?").startswith(f"{code},")


def test_a_dmm6500_with_a_scanner_card_counts_from_one() -> None:
    wired = WiredScanner(None, {1: ReferenceResistor(1e6, 2.0), 2: CHANNELS[101]}, 24.0)
    talk = Talk(DMM6500_SCAN(wired, serial="SIM-2", rng=stream(1, "dmm")))
    assert talk.ask("*IDN?").startswith("KEITHLEY INSTRUMENTS,MODEL DMM6500,SIM-2,")
    talk.say(':FUNC "TEMP",(@2);:TEMP:TC:RJUN:SIM 24,(@2)', ":ROUT:SCAN:CRE (@1:2)", "INIT")
    volts, celsius = talk.ask('*WAI;:TRAC:DATA? 1,2,"defbuffer1"').split(",")
    assert float(volts) == pytest.approx(2.0, rel=1e-4)
    assert float(celsius) == pytest.approx(300.0, abs=0.4)
    talk.say(":TEMP:TC:RJUN:RSEL INT,(@2)", ":ROUT:CLOS (@2)")
    talk.ask("READ?", 1.0)
    assert talk.ask("SYST:ERR?").startswith("-221,")


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=12))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"*RST\r\nFUNC 'TEMP',(@101)\nROUT:CLOS (@101)\nREAD?\nROUT:CLOS (@1)\nSYST:ERR?\n"
    script += b"ROUT:SCAN:CRE (@101,103)\nINIT;*OPC?\nTRAC:DATA? 1,2,'defbuffer1',CHAN,READ\n"
    whole, split = daq(), daq()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), daq()
    words = [
        b"READ?", b"SENS:", b"FUNC ", b"'TEMP'", b",", b"(@101", b":104)", b";", b":", b"ROUT:",
        b"CLOS ", b"SCAN:CRE ", b"INIT", b"*OPC?", b"ABOR", b"TRAC:DATA? 1,2", b"TEMP:TRAN RTD",
        b"(@105)", b" 1", b"\n",
    ]  # fmt: skip
    for _ in range(2000):
        talk.send(b"".join(dice.choices(words, k=6)) + dice.randbytes(2) + b"\n")
        talk.run(talk.t + 0.05)
    talk.emulator.clear(talk.t)
    assert talk.ask("*RST;*CLS;*OPC?") == "1"
