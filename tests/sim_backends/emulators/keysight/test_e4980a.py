from __future__ import annotations

import cmath
import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.keysight.e4980a import EMULATOR
from sim_backends.emulators.keysight.e4980a_parameters import TYPES, pair
from sim_backends.emulators.keysight.e4980a_specs import measuring_time
from sim_backends.models.impedance import Fixture, ImpedancePort
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

NETWORK = RandlesCell(100.0, 10e3, 100e-9)


def meter(port: ImpedancePort = NETWORK, seed: int = 1) -> Talk:
    return Talk(EMULATOR(port, serial="SIM-5", rng=stream(seed, "e4980a")))


def fetched(talk: Talk, command: str = ":FETC?") -> list[float]:
    return [float(part) for part in talk.ask(command).split(",")]


def test_identity_and_form_of_the_data() -> None:
    talk = meter()
    assert talk.ask("*IDN?") == "Keysight Technologies,E4980A,SIM-5,A.07.00"
    # User's guide, page 261: SN.NNNNNESNN twice, then SN.
    a, b, status = talk.ask(":FETC?").split(",")
    assert (len(a), len(b), status) == (12, 12, "+0") and a[0] in "+-" and a[2] == "."
    talk.say(":FORM:ASC:LONG ON")
    assert len(talk.ask(":FETC:IMP:FORM?").split(",")[0]) == 16
    assert talk.ask(":APER?;:FUNC:IMP?;:TRIG:SOUR?;:SYST:ERR?") == 'MED,1;CPD;INT;0,"No error"'


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("hertz", [20.0, 1e3, 40e3, 1e6])
def test_impedance_is_true_within_the_data_sheet(hertz: float, seed: int) -> None:
    talk = meter(seed=seed)
    talk.say(f":FREQ {hertz};:FUNC:IMP RX;:APER LONG")
    r, x, _ = fetched(talk)
    true = NETWORK.impedance(hertz, 0.0, 0.0)
    # Without corrections: residuals of 20 nH, 10 mohm and 0.5 pF.
    residual = 0.01 + 2 * math.pi * hertz * (20e-9 + 0.5e-12 * abs(true) ** 2)
    assert abs(complex(r, x) - true) < 7e-4 * abs(true) + residual


def test_pairs_of_parameters() -> None:
    z, hertz = complex(100.0, -50.0), 1e4
    omega = 2 * math.pi * hertz
    assert pair("RX", z, hertz) == (100.0, -50.0)
    assert pair("ZTD", z, hertz) == pytest.approx((abs(z), math.degrees(cmath.phase(z))))
    assert pair("CSRS", z, hertz) == pytest.approx((1 / (50 * omega), 100.0))
    assert pair("CPD", z, hertz) == pytest.approx(((1 / z).imag / omega, 2.0))
    assert pair("CPQ", z, hertz)[1] == pytest.approx(0.5)
    assert pair("LSRS", z.conjugate(), hertz) == pytest.approx((50 / omega, 100.0))
    assert pair("LPRP", z.conjugate(), hertz) == pytest.approx((12500 / 50 / omega, 125.0))
    talk = meter()
    for kind in TYPES:
        talk.say(f":FUNC:IMP:TYPE {kind}")
        assert talk.ask(":FUNC:IMP?") == kind and len(fetched(talk)) == 3
    talk.say(":FUNC:IMP XYZ")
    assert talk.ask(":SYST:ERR?").startswith("-224,")


def test_bus_triggers() -> None:
    talk = meter()
    talk.say(":TRIG:SOUR BUS;:INIT:CONT OFF;:FUNC:IMP ZTD")
    assert talk.ask(":FETC?", 3.0) == "" and talk.ask(":SYST:ERR?").startswith("-230,")
    talk.say(":TRIG")
    assert talk.ask(":SYST:ERR?").startswith("-211,")
    talk.say(":INIT;:TRIG:IMM")
    began = talk.t
    assert fetched(talk)[0] == pytest.approx(abs(NETWORK.impedance(1e3, 0, 0)), rel=2e-3)
    assert talk.t - began == pytest.approx(0.11)
    talk.say(":INIT:CONT ON")
    assert len(fetched(talk, "*TRG")) == 3
    talk.say(":APER LONG,8")
    began = talk.t
    assert talk.ask("*TRG;*OPC?").endswith(";1")
    assert talk.t - began == pytest.approx(8 * measuring_time("LONG", 1e3))


def test_reset_waits_for_an_initiate_and_preset_does_not() -> None:
    talk = meter()
    talk.say("*RST")
    assert talk.ask(":INIT:CONT?") == "0" and talk.ask(":FETC?", 3.0) == ""
    talk.say(":INIT")
    assert len(fetched(talk)) == 3
    talk.say(":SYST:PRES")
    assert talk.ask(":INIT:CONT?") == "1" and len(fetched(talk)) == 3


def test_list_sweep() -> None:
    talk = meter()
    talk.say(":TRIG:SOUR BUS;:DISP:PAGE LIST;:FUNC:IMP RX;:LIST:MODE SEQ;:LIST:FREQ 1E2,1E3,1E4")
    talk.say(":INIT:CONT ON", ":TRIG:IMM")
    found = fetched(talk, ":FETC?")
    assert len(found) == 12 and found[2::4] == [0.0] * 3
    for index, hertz in enumerate((1e2, 1e3, 1e4)):
        true = NETWORK.impedance(hertz, 0.0, 0.0)
        assert complex(*found[4 * index : 4 * index + 2]) == pytest.approx(true, rel=3e-3)
    assert talk.ask(":LIST:FREQ?;FREQ:POIN?") == "+1.000000E+02,+1.000000E+03,+1.000000E+04;3"
    talk.say(":LIST:MODE STEP", ":TRIG")
    first = fetched(talk)
    talk.say(":TRIG")
    second = fetched(talk)
    assert len(first) == 4 and first[0] > second[0] > 0
    talk.say(":LIST:BIAS:VOLT 0,1,2;:LIST:MODE SEQ;:TRIG")
    assert len(fetched(talk)) == 12
    assert talk.ask(":LIST:FREQ?", 1.0) == ""


def test_corrections_take_the_residuals_away() -> None:
    fixture = Fixture(ReferenceResistor(10.0))
    talk = meter(fixture)
    talk.say(":FREQ 1E6;:FUNC:IMP RX;:APER LONG")
    before = fetched(talk)
    for standard, node in (("short", "SHOR"), ("open", "OPEN")):
        fixture.insert(standard)
        talk.say(f":CORR:{node}")
        assert talk.ask("*OPC?;:SYST:ERR?") == '1;0,"No error"'
        assert talk.ask(f":CORR:{node}:STAT?") == "1"
    fixture.insert("device")
    after = fetched(talk)
    assert abs(before[1]) > 0.03 > abs(after[1]) and after[0] == pytest.approx(10.0, abs=0.015)
    talk.say(":CORR:SHOR:STAT OFF")
    assert abs(fetched(talk)[1]) > 0.03


def test_a_correction_needs_its_standard() -> None:
    talk = meter(ReferenceResistor(100.0))
    for node in ("OPEN", "SHOR"):
        talk.say(f":CORR:{node}")
        began = talk.t
        assert talk.ask("*OPC?;:SYST:ERR?") == '1;-340,"Calibration failed"' and talk.t > began + 5
        assert talk.ask(f":CORR:{node}:STAT?") == "0"


def test_overload_and_level_control() -> None:
    talk = meter(ReferenceResistor(1.0))
    talk.say(":FUNC:IMP:RANG 10E3")
    assert talk.ask(":FUNC:IMP:RANG:AUTO?") == "0"
    assert talk.ask(":FETC?") == "+9.90000E+37,+9.90000E+37,+1"
    talk.say(":FUNC:IMP:RANG:AUTO ON;:FUNC:SMON:VAC ON;:FUNC:SMON:IAC ON")
    assert fetched(talk)[2] == 0
    assert float(talk.ask(":FETC:SMON:VAC?")) == pytest.approx(1 / 101, rel=1e-2)
    assert float(talk.ask(":FETC:SMON:IAC?")) == pytest.approx(1 / 101, rel=1e-2)
    talk.say(":AMPL:ALC ON")
    assert fetched(talk)[2] == 4, "1 V at 1 ohm needs 101 V"
    talk.say(":VOLT 0.1")
    assert fetched(talk)[2] == 0
    assert float(talk.ask(":FETC:SMON:VAC?")) == pytest.approx(0.1, rel=1e-2)
    talk.say(":CURR 0.01")
    assert talk.ask(":VOLT?") == "+9.900000E+37" and float(talk.ask(":CURR?")) == 0.01


def test_binary_format_and_corrected_data() -> None:
    talk = meter(ReferenceResistor(1000.0))
    assert fetched(talk, ":FETC:IMP:CORR?") == pytest.approx([1000.0, 0.0], abs=2.0)
    talk.say(":FORM REAL,64;:FUNC:IMP RX")
    data = talk.answer(b":FETC?\n")
    assert data[:8] == b"#6000024"
    assert struct.unpack(">3d", data[8:-1])[0] == pytest.approx(1000.0, rel=1e-3)


def test_bias_reaches_the_device() -> None:
    seen = list[float]()

    class Noting:
        def impedance(self, frequency: float, voltage: float, t: float) -> complex:
            seen.append(voltage)
            return complex(100.0)

    talk = meter(Noting())
    talk.say(":BIAS:VOLT 1.5")
    talk.ask(":FETC?")
    talk.say(":BIAS:STAT 1")
    talk.ask(":FETC?")
    assert seen == [0.0, 1.5]
    for command in ("FREQ 10", "BIAS:VOLT 50", "APER FAST", "FREQ", "FOO?"):
        talk.ask(command, 0.5)
    codes = [talk.ask(":SYST:ERR?").split(",")[0] for _ in range(6)]
    assert codes == ["-222", "-222", "-224", "-109", "-113", "0"]


SCRIPT = (
    b"*RST\r\n:FREQ 1E4;:FUNC:IMP RX\n:FETC?\nFOO\n:TRIG:SOUR BUS\n:TRIG\n:FETC?;*OPC?\n"
    b":LIST:FREQ 1E3,1E4;:DISP:PAGE LIST\n*TRG\n:SYST:ERR?\n"
)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 150), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = meter(), meter()
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(9.0) == whole.run(9.0) != b""


def test_random_bytes_never_break_it() -> None:
    emulator = meter().emulator
    t = hammer(emulator, [line + b"\n" for line in SCRIPT.split(b"\n")], 300, stream(1, "hammer"))
    settle(emulator, t + 30.0)
    emulator.clear(t + 30.0)
    assert Talk(emulator).ask("*CLS;:ABOR;*OPC?") == "1"
