from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.keithley.k2636b import EMULATOR, K2636B
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces

NOTHING = "0.00000e+00\tQueue Is Empty\t0.00000e+00\t1.00000e+00"


def smu(ohms: float = 1000.0, volts: float = 0.0, seed: int = 1, other: float = 1e6) -> Talk:
    ports = (Resistor(ohms, volts), Resistor(other))
    return Talk(EMULATOR(ports, serial="SIM-9", rng=stream(seed, "k2636b")))


def numbers(text: str) -> list[float]:
    return [float(part) for part in text.split("\t")]


def on(talk: Talk, volts: float, amps: float = 0.1) -> None:
    talk.say(
        "smua.source.func = smua.OUTPUT_DCVOLTS",
        f"smua.source.limiti = {amps}",
        f"smua.source.levelv = {volts}",
        "smua.source.output = smua.OUTPUT_ON",
    )


def test_identity() -> None:
    talk = smu()
    # 2600BS-901-01 Rev. F, section "*IDN?": maker, model, serial number, firmware.
    assert talk.ask("*IDN?") == "Keithley Instruments Inc., Model 2636B, SIM-9, 3.2.2"
    assert talk.ask("print(localnode.model, localnode.serialno)") == "2636B\tSIM-9"
    assert talk.ask("print(localnode.linefreq)") == "5.00000e+01"
    assert talk.ask("*OPC?") == "1"
    assert talk.ask("print(errorqueue.next())") == NOTHING


# 2600BS-901-01, section "Fundamentals of programming for TSP": operators, print, formats.
@pytest.mark.parametrize(
    ("chunk", "answer"),
    [
        ("print(2+2)", "4.00000e+00"),
        ("x = 2.54 print(x)", "2.54000e+00"),
        ('print("Hello, World!")', "Hello, World!"),
        ('print("123" + 1, "a" .. 1)', "1.24000e+02\ta1"),
        ("format.asciiprecision = 10 x = 2.54 printnumber(x)", "2.540000000e+00"),
        ("print(nil, true, 1 > 2, not nil)", "nil\ttrue\tfalse\ttrue"),
        ("for i = 1, 3 do x = i end print(x) -- a comment", "3.00000e+00"),
        ('x = 5 if x > 4 then print("more") else print("less") end', "more"),
        ("local t = {10, 20, name = 'n'} print(t[2], t.name, table.getn(t))",
         "2.00000e+01\tn\t2.00000e+00"),
        ("function f(a, b) return b, a end print(f(1, 2)) ", "2.00000e+00\t1.00000e+00"),
    ],
)  # fmt: skip
def test_the_language(chunk: str, answer: str) -> None:
    assert smu().ask(chunk) == answer


def test_errors_as_the_manual_words_them() -> None:
    talk = smu()
    talk.say("smua.source.levelv = ", "foo.bar = 1", "SENS:FUNC 'CURR'", "smua.source.func = 7")
    assert numbers(talk.ask("print(errorqueue.count)")) == [4.0]
    assert talk.ask("print(errorqueue.next())") == (
        "-2.85000e+02\tTSP Syntax error at line 1: unexpected symbol near `<eof>'"
        "\t2.00000e+01\t1.00000e+00"
    )
    assert talk.ask("print(errorqueue.next())").startswith(
        "-2.86000e+02\tTSP Runtime error at line 1: attempt to index global `foo' (a nil value)"
    )
    assert talk.ask("print(errorqueue.next())").startswith("-2.85000e+02\t")
    assert talk.ask("c, m = errorqueue.next() print(m)") == "Illegal Parameter Value"
    assert talk.ask("print(errorqueue.next())") == NOTHING


@pytest.mark.parametrize(
    ("chunk", "code"),
    [
        ("smua.source.levelv = 500", 1101),
        ("smua.source.limiti = 0", 1102),
        ("smua.source.rangev = 2 smua.source.levelv = 5", 5005),
        ("smua.source.limiti = 1 smua.source.levelv = 100", 5007),
        ("smua.measure.nplc = 30", 1101),
        ("smua.source.output = 'ON'", -104),
        ("smua.source.compliance = 1", -286),
        ("printbuffer(1, 5, smua.nvbuffer1)", 4901),
        ("smua.nosuch.attribute = 1", -286),
    ],
)
def test_refusals(chunk: str, code: int) -> None:
    talk = smu()
    talk.say(chunk)
    assert numbers(talk.ask("print((errorqueue.next()))")) == [float(code)]


@pytest.mark.parametrize("seed", range(10))
def test_a_resistor_reads_true_within_the_data_sheet(seed: int) -> None:
    talk = smu(seed=seed)
    on(talk, 1.5)
    amps, volts = numbers(talk.ask("print(smua.measure.iv())"))
    assert volts == pytest.approx(1.5, abs=2e-4 * 1.5 * 2 + 600e-6 + 350e-6 + 5e-5)
    # 10 mA range (1.5 mA overranges 1 mA): 0.02 % + 2.5 uA.
    assert amps == pytest.approx(volts / 1000.0, abs=1.5e-3 * 4e-4 + 2.6e-6 + 1e-6)
    assert numbers(talk.ask("print(smua.measure.r())"))[0] == pytest.approx(1000.0, rel=3e-3)


def test_current_source_and_channel_b() -> None:
    talk = smu(other=5e3)
    talk.say("smub.source.func = smub.OUTPUT_DCAMPS; smub.source.leveli = 1e-3")
    talk.say("smub.source.limitv = 20 smub.source.output = 1")
    volts = numbers(talk.ask("print(smub.measure.v())"))[0]
    assert volts == pytest.approx(5.0, abs=5e3 * 0.6e-6 + 6e-3)
    assert talk.ask("print(smub.source.compliance)") == "false"
    talk.say("smub.source.limitv = 2")
    assert talk.ask("print(smub.source.compliance)") == "true"
    assert numbers(talk.ask("print(smub.measure.v())"))[0] == pytest.approx(2.0, abs=0.01)
    asked = "print(status.measurement.instrument.smub.condition)"
    assert numbers(talk.ask(asked)) == [1.0]
    assert numbers(talk.ask("print(smua.measure.i())"))[0] == pytest.approx(0.0, abs=1e-6)


def test_compliance_clamps_the_current() -> None:
    talk = smu(100.0)
    on(talk, 5.0, 0.01)
    amps, volts = numbers(talk.ask("print(smua.measure.iv())"))
    assert amps == pytest.approx(0.01, rel=2e-3) and volts == pytest.approx(1.0, abs=0.02)
    answer = talk.ask("print(smua.source.compliance, status.measurement.instrument.smua.condition)")
    assert answer == "true\t2.00000e+00"


def test_a_fixed_range_overflows() -> None:
    talk = smu()
    on(talk, 1.0)
    talk.say("smua.measure.rangei = 1e-4")
    assert talk.ask("print(smua.measure.rangei, smua.measure.autorangei)") == (
        "1.00000e-04\t0.00000e+00"
    )
    assert talk.ask("print(smua.measure.i())") == "9.91000e+37"
    talk.say("smua.measure.autorangei = smua.AUTORANGE_ON")
    assert numbers(talk.ask("print(smua.measure.i())"))[0] == pytest.approx(1e-3, rel=1e-2)


def test_the_output_off_is_zero_volts_or_open() -> None:
    talk = smu(1000.0, volts=0.5)
    assert numbers(talk.ask("print(smua.measure.v())"))[0] == pytest.approx(0.0, abs=1e-3)
    on(talk, 1.0)
    talk.say("smua.source.output = smua.OUTPUT_HIGH_Z")
    assert numbers(talk.ask("print(smua.source.output, smua.measure.i())"))[0] == 2.0


def test_the_interlock_blocks_200_v() -> None:
    talk = smu(1e6)
    assert isinstance(talk.emulator, K2636B)
    talk.emulator.smus["smua"].interlock = False
    on(talk, 100.0, 1e-3)
    assert talk.ask("print(smua.source.output)") == "0.00000e+00"
    assert talk.ask("c, m = errorqueue.next() print(c, m)") == (
        "8.02000e+02\tOUTPUT blocked by interlock"
    )


def test_readings_take_their_time() -> None:
    talk = smu()
    on(talk, 1.0)
    talk.say("smua.measure.nplc = 10 smua.measure.delay = 0")
    begun = talk.t
    talk.ask("print(smua.measure.i())")
    assert talk.t - begun == pytest.approx(0.2003)
    begun = talk.t
    talk.ask("delay(2.5) print(1)")
    assert talk.t - begun == pytest.approx(2.5)
    talk.send(b"delay(100) print(1)\n")
    talk.run(talk.t + 1.0)
    assert talk.ask("abort\nprint(2)") == "2.00000e+00"


def test_buffers_and_sweeps() -> None:
    talk = smu()
    talk.say("SweepVLinMeasureI(smua, 0, 2, 0.01, 5)")
    talk.run(5.0)
    assert numbers(talk.ask("print(smua.nvbuffer1.n, smua.source.output)")) == [5.0, 0.0]
    listed = talk.ask("printbuffer(1, smua.nvbuffer1.n, smua.nvbuffer1.readings)").split(", ")
    for expected, text in zip([0.0, 0.5e-3, 1e-3, 1.5e-3, 2e-3], listed, strict=True):
        assert float(text) == pytest.approx(expected, abs=5e-6)
    assert talk.ask("print(smua.nvbuffer1[2])") == listed[1]
    talk.say("smua.nvbuffer1.collecttimestamps = 1")
    assert talk.ask("print((errorqueue.next()))") == "5.03200e+03"
    talk.say("smua.nvbuffer1.clear() smua.nvbuffer1.appendmode = 1", "smua.measure.count = 3")
    talk.say("smua.measure.i(smua.nvbuffer1)")
    talk.run(talk.t + 1.0)
    assert numbers(talk.ask("print(smua.nvbuffer1.n)")) == [3.0]


def test_binary_output() -> None:
    talk = smu()
    talk.say("smua.measure.count = 2 smua.measure.v(smua.nvbuffer1)")
    talk.run(1.0)
    talk.say("format.data = format.REAL32 format.byteorder = format.LITTLEENDIAN")
    data = talk.answer(b"printbuffer(1, 2, smua.nvbuffer1)\n")
    assert data[:2] == b"#0" and data[-1:] == b"\n" and len(data) == 11
    assert struct.unpack("<2f", data[2:10])[0] == pytest.approx(0.0, abs=1e-3)


def test_scripts_are_collected_between_loadscript_and_endscript() -> None:
    talk = smu()
    talk.say("loadscript ramp", "for v = 1, 3 do", "smua.source.levelv = v", "end", "endscript")
    assert numbers(talk.ask("print(smua.source.levelv)")) == [0.0]
    assert numbers(talk.ask("ramp.run() print(smua.source.levelv)")) == [3.0]
    talk.say("loadandrunscript", "smua.source.levelv = 0.5", "endscript")
    assert numbers(talk.ask("print(smua.source.levelv)")) == [0.5]


def test_objects_show_their_attributes_to_scripts() -> None:
    talk = smu()
    assert talk.ask("mt = getmetatable(smua.source) print(type(mt.Getters.levelv))") == "function"
    assert talk.ask("print(mt.Setters['compliance'], mt.luatype)") == "nil\tsmu_source"
    assert talk.ask("print(type(getmetatable(smua).Objects.measure))") == "table"
    assert talk.ask("n = 0 for k in pairs(mt.Getters) do n = n + 1 end print(n > 10)") == "true"


def test_reset() -> None:
    talk = smu()
    on(talk, 1.0)
    talk.say("reset()")
    assert talk.ask("print(smua.source.output, smua.source.levelv)") == "0.00000e+00\t0.00000e+00"
    on(talk, 1.0)
    talk.say("*RST")
    assert talk.ask("print(smua.source.output)") == "0.00000e+00"


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 300), max_size=12))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = (
        b"*RST\r\nsmua.source.levelv=1 smua.source.output=1\nprint(smua.measure.iv())\n"
        b"bad bad\nfor i=1,2 do smua.source.levelv=i print(smua.measure.i()) end\n"
        b"print(errorqueue.next())\n*OPC?\n"
    )
    whole, split = smu(), smu()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), smu()
    words = [b"print(", b"smua", b".source", b".levelv", b"=", b"1", b")", b";", b"for i=1,2 do ",
             b"end ", b"'", b"{", b"}", b"[", b"]", b"..", b"measure.v()", b"if ", b"nil", b"-",
             b"(", b",", b"*IDN?", b"[["]  # fmt: skip
    for _ in range(2000):
        talk.send(b"".join(dice.choices(words, k=7)) + dice.randbytes(1) + b"\n")
        talk.run(talk.t + 0.05)
    talk.emulator.clear(talk.t)
    talk.say("*CLS", "reset()", "format.asciiprecision = 6")
    assert talk.ask("*OPC?") == "1"


def test_deep_nesting_is_an_error_not_an_exception() -> None:
    talk = smu()
    talk.say("x = " + "(" * 3000 + "1" + ")" * 3000, "function f() return f() + 1 end f()")
    assert numbers(talk.ask("print(errorqueue.count)")) == [2.0]
