from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.palmsens.emstat_pico import EMULATOR, EmStatPico
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.reference.redox_couple import FARADAY, GAS, RedoxCouple
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

PREFIX = {"a": 1e-18, "f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "m": 1e-3, " ": 1.0, "k": 1e3,
          "M": 1e6, "G": 1e9, "i": 1.0}  # fmt: skip
SETUP = ["var c", "var p", "set_pgstat_chan 0", "set_pgstat_mode 2", "set_max_bandwidth 40",
         "set_range_minmax da -500m 500m", "set_range ba 590u",
         "set_autoranging ba 59n 590u"]  # fmt: skip
PACKAGE = ["pck_start", "pck_add p", "pck_add c", "pck_end", "endloop"]
OFF = ["on_finished:", "cell_off"]


def pico(cell: ElectrochemicalPort | None = None, seed: int = 1) -> Talk:
    return Talk(EMULATOR(cell or ReferenceResistor(10e3), serial="SIM-7", rng=stream(seed, "pico")))


def script(*lines: str) -> bytes:
    return ("e\n" + "\n".join(lines) + "\n\n").encode("ascii")


def run(talk: Talk, *lines: str, until: float = 1000.0) -> list[str]:
    talk.send(script(*lines))
    return talk.run(talk.t + until).decode("ascii").split("\n")[:-1]


def sweep(talk: Talk, command: str, *extra: str) -> list[str]:
    return run(talk, *SETUP, "set_e -500m", "cell_on", *extra, command, *PACKAGE, *OFF)


def decode(variable: str) -> tuple[str, float, list[str]]:
    head, *metadata = variable.split(",")
    return head[:2], (int(head[2:9], 16) - 0x8000000) * PREFIX[head[9]], metadata


def points(lines: list[str]) -> list[list[tuple[str, float, list[str]]]]:
    return [[decode(v) for v in line[1:].split(";")] for line in lines if line.startswith("P")]


def test_commands_of_the_line() -> None:
    talk = pico()
    # Communication protocol V1.2, chapter 3: version in two lines, the second ends in *.
    assert talk.answer(b"t\n") == b"tespico1304#May 21 2021 13:12:15\nR*\n"
    assert talk.answer(b"i\n") == b"iSIM-7\n"
    # The maker's open Python example, `abort_and_sync`: nothing runs.
    assert talk.answer(b"Z\n") == b"Z!0006\n"
    assert talk.answer(b"q\n") == b"q!0003\n"
    assert talk.answer(b"r\n") == b"r!000C\n"
    assert talk.answer(b"x" * 200 + b"\n") == b"x!0008\n"
    assert talk.answer(b"\n", 1.0) == b""


def test_the_makers_lsv_script() -> None:
    # www.palmsens.com, "MethodSCRIPT: Tips & Tricks", step 1.
    lines = sweep(pico(), "meas_loop_lsv p c -500m 500m 10m 100m")
    assert lines[:2] == ["e", "M0000"] and lines[-2:] == ["*", ""]
    found = points(lines)
    assert len(found) == 101
    for index, (potential, current) in enumerate(found):
        expected = -0.5 + 0.01 * index
        assert potential[0] == "da" and current[0] == "ba"
        assert potential[1] == pytest.approx(expected, abs=3e-4)
        assert current[2][0][0] == "1" and current[2][1][0] == "2"
        slack = 1e-7 + 5e-3 * abs(expected) / 1e4 + 1e-3 * 600e-6
        assert current[1] == pytest.approx(expected / 10e3, abs=slack + 2e-3 * 5e-5)


def test_the_time_of_a_sweep() -> None:
    talk = pico()
    talk.send(script(*SETUP, "cell_on", "meas_loop_lsv p c -500m 500m 10m 100m", *PACKAGE, *OFF))
    begun = talk.t
    while (due := talk.emulator.due()) is not None:
        talk.t = due
        talk.emulator.send(due)
    assert talk.t - begun == pytest.approx(101 * 0.1, abs=0.01)


def test_cyclic_voltammetry_of_a_reversible_couple() -> None:
    couple = RedoxCouple(standard=0.0, area=7.07e-6, concentration=1.0, diffusion=7.6e-10)
    talk = pico(couple)
    lines = sweep(talk, "meas_loop_cv p c -500m 500m -500m 5m 100m", "wait 1")
    currents = [point[1][1] for point in points(lines)]
    assert "M0005" in lines and len(currents) == 401
    # A staircase of 5 mV sampled at the end of each step stays 14 % below a linear sweep.
    peak = 0.4463 * FARADAY * 7.07e-6 * math.sqrt(FARADAY * 0.1 * 7.6e-10 / (GAS * 298.15))
    assert max(currents) == pytest.approx(0.86 * peak, rel=0.03)
    assert -0.9 < min(currents) / max(currents) < -0.4


def test_scans_are_marked() -> None:
    lines = sweep(pico(), "meas_loop_cv p c 0m 100m -100m 50m 1 nscans(2)")
    marks = [line for line in lines if not line.startswith("P")]
    assert marks == ["e", "M0005", "C0000", "-", "C0001", "-", "*", ""]


@pytest.mark.parametrize("seed", range(8))
def test_chronoamperometry(seed: int) -> None:
    talk = pico(ReferenceResistor(1e3), seed)
    lines = run(
        talk, *SETUP, "var t", "set_e 200m", "cell_on", "timer_start",
        "meas_loop_ca p c 200m 100m 2", "  timer_get t", "  pck_start", "  pck_add t",
        "  pck_add c", "  pck_end", "endloop", *OFF,
    )  # fmt: skip
    assert lines[1] == "M0007"
    found = points(lines)
    assert [p[0][1] for p in found] == pytest.approx([0.1 * k for k in range(1, 21)])
    for _, current in found:
        assert current[1] == pytest.approx(2e-4, abs=2e-4 * 7e-3 + 1e-3 * 3e-4 + 1e-6 + 1e-7)


def test_impedance_of_a_randles_cell() -> None:
    cell = RandlesCell(200.0, 5e3, 1e-6)
    lines = run(
        pico(cell), "var f", "var r", "var j", "set_pgstat_mode 3", "set_autoranging ba 1p 1",
        "cell_on", "meas_loop_eis f r j 15m 200k 20 41 0m", "pck_start", "pck_add f", "pck_add r",
        "pck_add j", "pck_end", "endloop", *OFF,
    )  # fmt: skip
    found = points(lines)
    assert len(found) == 41 and lines[2].startswith("Pdc8030D40 ;cc")
    for frequency, real, imaginary in found:
        true = cell.impedance(frequency[1], 0.0, 0.0)
        assert abs(complex(real[1], imaginary[1]) - true) < 0.012 * abs(true)
    assert found[-1][0][1] == pytest.approx(20.0)


def test_square_wave_and_differential_pulse_peak_at_the_couple() -> None:
    names = ["var f", "var r"]
    for command in (
        "meas_loop_swv p c f r -300m 300m 5m 25m 5",
        "meas_loop_dpv p c -300m 300m 5m 25m 20m 50m",
    ):
        lines = sweep(pico(RedoxCouple(standard=0.05)), command, *names, "wait 1")
        found = points(lines)
        best = max(found, key=lambda point: point[1][1])
        assert len(found) == 121 and best[0][1] == pytest.approx(0.05, abs=0.03)


def test_open_circuit_potential_needs_the_cell_off() -> None:
    body = ["var p", "set_pgstat_mode 3", "cell_off", "meas_loop_ocp p 100m 1", "pck_start",
            "pck_add p", "pck_end", "endloop"]  # fmt: skip
    found = points(run(pico(ReferenceResistor(1e6, 0.73)), *body))
    assert len(found) == 10 and found[0][0][0] == "ab"
    assert found[3][0][1] == pytest.approx(0.73, abs=0.73 * 2e-3 + 1.2e-3)
    body[2] = "cell_on"
    assert run(pico(), *body)[-1] == "!0014: Line 4"


@pytest.mark.parametrize(("volts", "shown"), [(5.0, 2.1), (-3.0, -1.8)])
def test_a_potential_beyond_the_range_is_cut_and_marked(volts: float, shown: float) -> None:
    body = ["var p", "set_pgstat_mode 2", "cell_off", "meas 100m p ab", "pck_start", "pck_add p",
            "pck_end"]  # fmt: skip
    ((_, value, metadata),) = points(run(pico(ReferenceResistor(1e6, volts)), *body))[0]
    assert value == pytest.approx(shown, abs=abs(shown) * 2e-3 + 1.2e-3) and metadata == ["12"]
    ((_, _, sound),) = points(run(pico(ReferenceResistor(1e6, 1.9)), *body))[0]
    assert sound == ["10"]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (["set_pgstat_mode 6"], "!0021: Line 1"),
        (["set_pgstat_mode 2", "set_e -1300m"], "!000F: Line 2"),
        (["set_pgstat_mode 3", "set_range_minmax da -1 1"], "!000F: Line 2"),
        (["var p", "var c", "meas_loop_ca p c 0 100m 1", "endloop"], "!4027: Line 3"),
        (["var p", "var c", "cell_on", "meas_loop_cp p c 1u 100m 1", "endloop"], "!001B: Line 4"),
        (["var p", "var c", "cell_on", "meas_loop_ca p c 0 10u 1", "endloop"], "!000D: Line 4"),
        (["var a", "store_var a 1 ja", "div_var a 0"], "!0028: Line 3"),
        (["pck_end"], "!401B: Line 1"),
    ],
)
def test_run_time_errors_leave_the_cell_as_it_is(lines: list[str], error: str) -> None:
    talk = pico()
    emulator = talk.emulator
    assert isinstance(emulator, EmStatPico)
    assert run(talk, *lines, "on_finished:", "cell_off") == ["e", error]
    assert emulator.stat.cell_on == ("cell_on" in lines)
    assert run(talk, "cell_off") == ["e", ""] and not emulator.stat.cell_on


def test_a_refused_script_is_not_loaded() -> None:
    talk = pico()
    assert run(talk, "var c", "foo 1") == ["e!4001: Line 2, Col 1"]
    assert talk.answer(b"r\n") == b"r!000C\n"


def test_overload_and_autorange() -> None:
    fixed = [line for line in SETUP if "ranging" not in line]
    fixed[fixed.index("set_range ba 590u")] = "set_range ba 1u"
    lines = run(
        pico(ReferenceResistor(1e3)), *fixed, "cell_on", "meas_loop_ca p c 100m 100m 1", *PACKAGE
    )
    for _, current in points(lines):
        assert current[2] == ["12", "201"] and current[1] < 1.2e-6
    lines = run(
        pico(ReferenceResistor(1e3)), *fixed, "set_autoranging ba 1u 3m", "cell_on",
        "meas_loop_ca p c 100m 100m 1", *PACKAGE,
    )  # fmt: skip
    found = points(lines)
    assert found[0][1][2] == found[-1][1][2] == ["10", "208"]
    assert found[-1][1][1] == pytest.approx(1e-4, rel=0.03)


def test_an_abort_runs_what_stands_after_on_finished() -> None:
    talk = pico()
    talk.send(script(*SETUP, "cell_on", "meas_loop_ca p c 0 1 1000", *PACKAGE, *OFF))
    before = talk.run(3.5).decode("ascii").split("\n")
    assert [line[:1] for line in before] == ["e", "M", "P", "P", "P", ""]
    assert talk.answer(b"t\n", 0.1) == b"t!0006\n"
    talk.send(b"Z\n")
    assert talk.run(talk.t + 0.1) == b"Z\n*\n\n"
    assert isinstance(talk.emulator, EmStatPico) and not talk.emulator.stat.cell_on
    assert talk.answer(b"Z\n") == b"Z!0006\n"


def test_hold_and_resume() -> None:
    talk = pico()
    talk.send(script(*SETUP, "cell_on", "meas_loop_ca p c 0 1 3", *PACKAGE, *OFF))
    talk.run(1.5)
    talk.send(b"h\n")
    assert talk.run(60.0) == b"h\n"
    talk.send(b"H\n")
    rest = talk.run(70.0).decode("ascii").split("\n")
    assert rest[0] == "H" and rest[-3:] == ["*", "", ""] and len(points(rest)) == 2


def test_scripts_are_loaded_kept_and_run() -> None:
    talk = pico()
    talk.send(b'l\nsend_string "hello"\n\n')
    assert talk.run(1.0) == b"l\n"
    assert talk.answer(b"Fmscr\n") == b"F\n"
    talk.send(b"r\n")
    assert talk.run(2.0) == b"r\nThello\n\n"
    talk.send(script('send_string "other"'))
    assert talk.run(3.0) == b"e\nTother\n\n"
    assert talk.answer(b"Lmscr\n") == b"L\n"
    talk.send(b"r\n")
    assert talk.run(4.0) == b"r\nThello\n\n"


def test_variables_loops_and_branches() -> None:
    lines = run(
        pico(), "var i", "array a 3i", "var x", "store_var i 0i ja", "loop i < 3i",
        "  array_set a i i", "  add_var i 1i", "endloop", "array_get a 2i x", "if x == 2i",
        '  send_string "two"', "elseif x > 2i", '  send_string "more"', "else",
        '  send_string "less"', "endif", "pck_start", "pck_add i", "pck_add x", "pck_end",
        "mul_var x 500m", "pck_start", "pck_add x", "pck_end # comment",
    )  # fmt: skip
    assert lines == ["e", "L", "+", "Ttwo", "Pja8000003i;ja8000002i", "Pja8000001i", ""]


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 400), max_size=12))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    text = b"t\ni\nq\n" + script(
        *SETUP, "cell_on", "meas_loop_lsv p c 0 100m 20m 1", *PACKAGE, *OFF
    )
    whole, split = pico(), pico()
    whole.send(text)
    for piece in pieces(text, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), pico()
    words = [
        b"e\n", b"var c\n", b"var p\n", b"cell_on\n", b"meas_loop_ca p c 0 10m 20m\n", b"\n\n",
        b"endloop\n", b"pck_start\n", b"pck_add c\n", b"pck_end\n", b"Z\n", b"loop c < 1\n",
        b"h\n", b"H\n", b"set_e ", b"-1\n", b"if c == 0i\n", b"endif\n", b"t\n", b"l\n", b"r\n",
        b"on_finished:\n", b"add_var c 100m\n", b"meas 10m c ba\n", b"breakloop\n",
    ]  # fmt: skip
    for _ in range(2000):
        talk.send(b"".join(dice.choices(words, k=8)) + dice.randbytes(dice.randrange(3)))
        talk.run(talk.t + 0.05)
    talk.send(b"\n\nH\n\nZ\n")
    talk.run(talk.t + 1e4)
    talk.emulator.clear(talk.t)
    assert talk.answer(b"\ni\n") == b"iSIM-7\n"
