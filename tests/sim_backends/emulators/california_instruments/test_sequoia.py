from __future__ import annotations

import math

import numpy as np
import pytest

from sim_backends.emulators.california_instruments.sequoia import EMULATOR
from sim_backends.models.reference.grid_bus import GridBus
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

READ = "MEAS:VOLT:AC?;:FETC:CURR:AC?;:FETC:POW:AC?;:FETC:POW:AC:REAC?;:FETC:FREQ?"


def bench(seed: int = 1, *, phases: int = 3, va: float = 90e3) -> tuple[Talk, GridBus]:
    bus = GridBus(phases, 20.0, va, 0.0)
    bus.source.connect(True, 0.0)
    talk = Talk(EMULATOR(bus, serial="SIM-9", rng=stream(seed, "sequoia")))
    return talk, bus


def running(seed: int = 1, **kinds: float) -> tuple[Talk, GridBus]:
    talk, bus = bench(seed, **kinds)  # type: ignore[arg-type]
    talk.say("VOLT:RANG 333", "VOLT 230", "FREQ 50", "OUTP 1")
    talk.run(talk.t + 1.0)
    return talk, bus


def play(talk: Talk, *lists: str) -> float:
    """Begin a transient; the run time of its trigger."""
    modes = [f"{one.split(':')[1].split(' ')[0]}:MODE LIST" for one in lists if ":DWEL" not in one]
    talk.say(*(mode for mode in modes if "TTLT" not in mode), *lists)
    talk.say("TRIG:SOUR BUS", "OUTP:TTLT 1", "OUTP:TTLT:SOUR BOT", "INIT", "*TRG")
    assert talk.ask("SYST:ERR?") == '0,"No error"'
    return max(at for at, high in bus_of(talk).edges if high)


def bus_of(talk: Talk) -> GridBus:
    return talk.emulator.output.port  # type: ignore[attr-defined, no-any-return]


def test_it_comes_on_with_the_relay_open_and_tells_who_it_is() -> None:
    talk, bus = bench()
    assert talk.ask("*IDN?") == "AMETEK,SQ0090,SIM-9,1.26"
    assert not bus.source.connected(talk.t)
    assert [talk.ask(q) for q in ("OUTP?", "VOLT?", "FREQ?", "VOLT:RANG?")] == [
        "0", "0.00", "60.00", "166",
    ]  # fmt: skip
    assert bench(va=500e3)[0].ask("*IDN?").startswith("AMETEK,SQ0540,")


def test_output_and_readings_are_true_within_the_sheet() -> None:
    for seed in range(12):
        talk, bus = running(seed)
        t = talk.t
        assert all(abs(bus.source.voltage(t, phase) - 230.0) <= 0.333 for phase in range(3))
        assert abs(bus.frequency(t) - 50.0) <= 5e-3
        began = talk.t
        volts, amps, watts, var, hertz = (float(x) for x in talk.ask(READ).split(";"))
        assert talk.t - began >= 4096 * 31.2e-6 - 1e-9
        true = bus.flow(talk.t)[0]
        assert abs(volts - true.voltage) <= 0.333 + 0.03
        assert abs(amps - true.current) <= 0.25 + 0.02
        assert abs(watts - true.power) <= 0.003 * 333 * 125 + 3 and abs(var) <= 130
        assert abs(hertz - bus.frequency(talk.t)) <= 0.02


def test_off_goes_down_to_zero_first_and_then_opens() -> None:
    talk, bus = running()
    talk.say("OUTP 0")
    talk.run(talk.t + 0.05)
    assert bus.source.connected(talk.t) and bus.source.voltage(talk.t) == 0.0
    talk.run(talk.t + 0.1)
    assert not bus.source.connected(talk.t) and talk.ask("OUTP?") == "0"


def test_a_transient_of_the_frequency_begins_at_its_pulse_and_ends_at_the_level() -> None:
    talk, bus = running()
    before = bus.frequency(talk.t)
    t = play(talk, "LIST:FREQ 49.5,50", "LIST:DWEL 2,0.001")
    assert bus.edges[-1] == (t + 550e-6, False)
    assert bus.source.frequency(t - 1e-6) == before
    assert bus.source.frequency(t + 1.1e-4) == pytest.approx(49.5, abs=5e-3)
    talk.run(t + 1.5)
    assert talk.ask("STAT:OPER:COND?") == "0"
    talk.run(t + 2.5)
    assert talk.ask("STAT:OPER:COND?") == "8" and bus.frequency(talk.t) == before


def test_a_step_of_the_voltage_takes_part_of_a_period() -> None:
    talk, bus = running()
    t = play(talk, "LIST:VOLT 115,230", "LIST:DWEL 0.1,0.001")
    times = t + np.arange(0.0, 2e-3, 1e-5)
    volts = bus.source.voltages(times)
    between = times[(volts > 118.0) & (volts < 227.0)]
    assert len(between) and 0.3e-3 < between[-1] - between[0] < 1e-3
    assert volts[-1] == pytest.approx(115.0, abs=0.34)


def test_a_step_of_the_phase_jumps_and_comes_back() -> None:
    talk, bus = running()
    t = play(talk, "LIST:PHAS 30,0", "LIST:DWEL 0.5,0.001")
    hertz = bus.source.frequency(t - 1e-3)
    turned = np.diff(bus.source.angles(np.array([t - 1e-3, t + 1e-3])))[0]
    jump = turned - 2.0 * math.pi * hertz * 2e-3
    assert jump == pytest.approx(math.radians(30.0), abs=math.radians(0.2))


def test_lists_that_differ_and_commands_out_of_place() -> None:
    talk, _ = running()
    talk.say("FREQ:MODE LIST", "LIST:FREQ 49,50,51", "LIST:DWEL 1,2", "INIT")
    assert talk.ask("SYST:ERR?") == '-226,"Lists not same length"'
    talk.say("LIST:DWEL 1", "TRIG:SOUR BUS", "*TRG")
    assert talk.ask("SYST:ERR?") == '-211,"Trigger ignored"'
    talk.say("INIT", "INIT")
    assert talk.ask("SYST:ERR?") == '-213,"Init ignored"'
    talk.say("ABOR", "VOLT 340", "FREQ 10", "VOLT 166;VOLT:NOWT 2")
    assert [talk.ask("SYST:ERR?").split(",")[0] for _ in range(4)] == ["-222", "-222", "-113", "0"]
    assert talk.ask("LIST:FREQ:POIN?;:LIST:DWEL?") == "3;1"


def test_power_fed_back_faults_the_output_unless_it_regenerates() -> None:
    talk, bus = running()
    bus.fed_in = 5000.0
    assert talk.ask("OUTP?") == "0" and talk.ask("STAT:QUES:COND?") == "1"
    talk.say("OUTP 1")
    assert talk.ask("SYST:ERR?") == '-221,"Settings conflict"'
    talk.say("REG:STAT 1", "OUTP:PROT:CLE", "OUTP 1")
    talk.run(talk.t + 1.0)
    assert talk.ask("OUTP?") == "1" and float(talk.ask(READ).split(";")[2]) < -2000.0


def test_an_over_current_trips_after_its_delay_and_is_latched() -> None:
    talk, bus = running()
    talk.say("CURR 10")
    began = talk.t
    while bus.source.connected(talk.t):
        due = talk.emulator.due()
        assert due is not None
        talk.run(due)
    assert talk.t - began == pytest.approx(0.1, abs=2e-3)
    assert talk.ask("STAT:QUES:COND?") == "2" and talk.ask("OUTP?") == "0"
    talk.say("CURR 20", "OUTP:PROT:CLE", "OUTP 1")
    assert talk.ask("OUTP?") == "1"


def test_without_that_protection_it_lowers_the_voltage() -> None:
    talk, bus = running()
    talk.say("CURR:PROT:STAT 0", "CURR 10")
    talk.run(talk.t + 2.0)
    assert bus.flow(talk.t)[0].current == pytest.approx(10.0, abs=0.3)
    assert talk.ask("STAT:QUES:COND?") == "4096"


def test_what_the_bench_cannot_bear_trips_in_the_middle_of_a_transient() -> None:
    talk, bus = running(va=5000.0, phases=1)
    t = play(talk, "LIST:VOLT 320,230", "LIST:DWEL 5,0.001")
    talk.run(t + 1.0)
    assert not bus.source.connected(talk.t) and talk.ask("STAT:QUES:COND?") == "2"
    assert talk.ask("STAT:OPER:COND?") == "0"


def test_phases_are_set_apart_when_not_coupled() -> None:
    talk, bus = running()
    talk.say("INST:COUP NONE", "INST:NSEL 2", "VOLT 200")
    talk.run(talk.t + 0.1)
    assert bus.source.voltage(talk.t, 1) == pytest.approx(200.0, abs=0.34)
    assert bus.source.voltage(talk.t, 0) == pytest.approx(230.0, abs=0.34)
    assert talk.ask("VOLT?;:PHAS?;:INST:NSEL?") == "200.00;240.00;2"


def test_reset_opens_the_output() -> None:
    talk, bus = running()
    talk.say("*RST")
    assert not bus.source.connected(talk.t)
    assert talk.ask("VOLT?;:INST:COUP?;:FREQ:MODE?") == "0.00;ALL;FIX"


def test_after_a_cut_of_its_power_in_an_event_it_is_dark() -> None:
    talk, bus = running()
    t = play(talk, "LIST:VOLT 100,230", "LIST:DWEL 5,0.001")
    talk.run(t + 1.0)
    talk.emulator.power_on(talk.t)  # type: ignore[attr-defined]
    assert not bus.source.connected(talk.t) and talk.emulator.due() is None
    assert talk.ask("OUTP?;:VOLT?;:STAT:OPER:COND?;:SYST:ERR?") == '0;0.00;0;0,"No error"'
