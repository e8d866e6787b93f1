from __future__ import annotations

import pytest

from sim_backends.emulators.lake_shore.m336 import LONGEST, LakeShoreM336
from sim_backends.models.reference.thermal import Block
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Plate, Talk


def made(seed: int = 1) -> tuple[Plate, Talk]:
    plate = Plate(-170.0, full=100.0, seconds=300.0)
    emulator = LakeShoreM336(plate, serial="SIM-7", rng=stream(seed, "m336"))
    talk = Talk(emulator)
    assert ask(talk, "*ESR?") == "128", "just switched on"
    return plate, talk


def ask(talk: Talk, message: str) -> str:
    return talk.answer(message.encode("ascii") + b"\n", 1.0).decode("ascii").removesuffix("\r\n")


@pytest.mark.parametrize("seed", range(5))
def test_a_reading_is_within_the_limits_of_the_input(seed: int) -> None:
    _, talk = made(seed)
    kelvin, status = ask(talk, "KRDG? A;RDGST? A").split(";")
    # 0.004 Ohm + 0.01 % of 31.3 Ohm by 0.42 Ohm/K
    assert float(kelvin) == pytest.approx(103.15, abs=0.02)
    assert status == "000"


def test_all_inputs_at_once() -> None:
    _, talk = made()
    readings = ask(talk, "CRDG? 0").split(",")
    assert len(readings) == 4 and readings[1:] == ["-273.150"] * 3
    assert ask(talk, "RDGST? B") == "001"


@pytest.mark.parametrize(
    ("message", "bits"),
    [
        ("VOLTS 1", 32),
        ("SETP", 16),
        ("SETP 1", 16),
        ("SETP 9,300", 16),
        ("SETP 1,cold", 16),
        ("RANGE 1,4", 16),
        ("RANGE 3,2", 16),
        ("RANGE 1,1.5", 16),
        ("RAMP 1,1,1000", 16),
        ("KRDG? E", 16),
        ("x" * (LONGEST + 1), 32),
    ],
)
def test_wrong_input_is_a_bit_of_the_event_register(message: str, bits: int) -> None:
    plate, talk = made()
    assert ask(talk, message) == ""
    assert ask(talk, "*ESR?") == f"{bits:03d}"
    assert ask(talk, "*ESR?") == "000", "reading it clears it"
    assert plate.power == 0.0


def test_the_set_point_is_in_the_units_of_the_input_and_stops_at_the_curve() -> None:
    _, talk = made()
    assert ask(talk, "SETP 1,122.5;SETP? 1") == "+122.500"
    assert ask(talk, "INTYPE A,2,1,0,1,2;SETP? 1") == "-150.650"
    assert ask(talk, "SETP 1,1000;SETP? 1") == "+526.850"


def test_it_ramps() -> None:
    _, talk = made()
    assert ask(talk, "SETP 1,100;RAMP 1,1,10;RANGE 1,1;RAMP? 1") == "1,+10.0000"
    assert ask(talk, "SETP 1,110;RAMPST? 1") == "1"
    talk.run(talk.t + 30.0)
    assert float(ask(talk, "SETP? 1")) == pytest.approx(105.0, abs=0.2)
    talk.run(talk.t + 31.0)
    assert ask(talk, "SETP? 1;RAMPST? 1") == "+110.000;0"


def test_it_holds_the_set_point() -> None:
    plate, talk = made()
    ask(talk, "SETP 1,133.15;RANGE 1,3")
    talk.run(600.0)
    assert plate.temperature(600.0) == pytest.approx(-140.0, abs=0.05)
    ask(talk, "RANGE 1,0")
    assert plate.power == 0.0 and ask(talk, "HTR? 1") == "+000.0"


def test_the_temperature_limit_turns_all_outputs_off() -> None:
    plate, talk = made()
    ask(talk, "TLIMIT A,120;SETP 1,133.15;RANGE 1,3;RANGE 2,1")
    talk.run(600.0)
    assert ask(talk, "RANGE? 1;RANGE? 2") == "0;0"
    assert plate.power == 0.0


@pytest.mark.parametrize("celsius", [1e6, -260.0, float("nan")])
def test_a_sensor_beyond_the_curve_has_no_reading_and_no_heat(celsius: float) -> None:
    plate, talk = made()
    ask(talk, "SETP 1,133.15;RANGE 1,3")
    assert plate.power > 0.0
    plate.ambient = plate.value = celsius
    plate.broken = celsius != celsius
    talk.run(talk.t + 1.0)
    kelvin, status = ask(talk, "KRDG? A;RDGST? A").split(";")
    assert float(kelvin) == 0.0 and int(status) in (16, 128)
    assert plate.power == 0.0


def test_power_on_turns_off_what_is_not_enabled_and_keeps_settings() -> None:
    plate, talk = made()
    ask(talk, "SETP 1,133.15;RANGE 1,3")
    assert isinstance(talk.emulator, LakeShoreM336)
    talk.emulator.power_on(talk.t + 5.0)
    assert plate.power == 0.0
    assert ask(talk, "*ESR?;RANGE? 1;SETP? 1") == "128;0;+133.150"


def test_another_input_or_sensor_turns_the_heater_off() -> None:
    for change in ("OUTMODE 1,1,2,0", "INTYPE A,3,1,0,1,1"):
        _, talk = made()
        assert ask(talk, f"RANGE 1,2;{change};RANGE? 1") == "0"


def test_a_block_fits() -> None:
    emulator = LakeShoreM336(Block(20.0), serial="SIM-1", rng=stream(1, "m336"))
    assert ask(Talk(emulator), "*IDN?") == "LSCI,MODEL336,SIM-1/#######,2.9"
