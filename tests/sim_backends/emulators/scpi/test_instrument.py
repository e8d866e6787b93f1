from __future__ import annotations

from collections.abc import Generator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.emulators.scpi.common import common_table
from tests.sim_backends.emulators.talking import Talk, pieces


def _slow(device: Any, _: tuple[str, ...]) -> Generator[float, None, str]:
    yield device.t + 0.5
    return "slow"


def _events(device: Any) -> Generator[float, None, None]:
    for number in range(4):
        yield device.begin + number + 1
        device.done.append(device.t)


def _start(device: Any, _: tuple[str, ...]) -> None:
    device.begin = device.t
    device.start(_events(device))


def _fail(_device: Any, _: tuple[str, ...]) -> None:
    raise ScpiError(-221, "no")


class Box(ScpiInstrument):
    TABLE = common_table()
    TABLE.query(":SLOW", _slow)
    TABLE.command(":STARt", _start, 0, 0)
    TABLE.command(":ABORt", lambda d, _: d.abort(), 0, 0)
    TABLE.command(":FAIL", _fail, 0, 0)

    def __init__(self) -> None:
        super().__init__(("MAKER", "BOX", "SIM-1", "1"))
        self.begin = 0.0
        self.done: list[float] = []


def test_identity_and_latency() -> None:
    talk = Talk(Box())
    assert talk.ask("*IDN?") == "MAKER,BOX,SIM-1,1" and talk.t == 0.001
    assert talk.answer(b"*idn?\r\n") == b"MAKER,BOX,SIM-1,1\n"
    assert talk.ask("*TST?;*OPC?") == "0;1"


def test_messages_wait_for_a_slow_one() -> None:
    talk = Talk(Box())
    talk.send(b"SLOW?;*OPC?\nSYST:ERR?\n")
    assert talk.run(0.4) == b""
    assert talk.run(0.5) == b"slow;1\n"
    assert talk.run(0.6) == b'0,"No error"\n'


def test_wait_and_completion_wait_for_the_operation() -> None:
    box = Box()
    talk = Talk(box)
    talk.say("*CLS", "START", "*OPC")
    assert talk.ask("*ESR?") == "0"
    talk.run(1.5)
    assert talk.ask("*WAI;*ESR?") == "1" and talk.t == 4.0
    assert box.done == [1.0, 2.0, 3.0, 4.0]
    talk.say("START")
    assert talk.ask("*OPC?") == "1" and talk.t == 8.0


def test_a_second_operation_is_refused_and_abort_ends_one() -> None:
    talk = Talk(Box())
    talk.say("START;START")
    assert talk.ask("SYST:ERR?") == '-213,"Init ignored"'
    talk.say("ABOR")
    assert talk.ask("*OPC?") == "1" and talk.t < 0.1


def test_errors_stop_the_message_and_set_bits() -> None:
    talk = Talk(Box())
    assert talk.ask("*CLS;*IDN?;FAIL;*IDN?") == "MAKER,BOX,SIM-1,1"
    assert talk.ask("*ESR?") == "16"
    assert talk.ask("SYST:ERR:COUN?") == "1"
    assert talk.ask("SYSTEM:ERROR:NEXT?") == '-221,"Settings conflict;no"'
    assert talk.ask("FOO?", patience=5.0) == ""
    assert talk.ask("*STB?") == "4"


def test_device_clear_drops_what_was_under_way() -> None:
    talk = Talk(Box())
    talk.send(b"SLOW?\n*IDN?\n*ID")
    talk.run(0.1)
    talk.emulator.clear(talk.t)
    assert talk.emulator.due() is None
    assert talk.ask("*OPC?") == "1"


def test_a_message_without_end_overruns_the_input_buffer() -> None:
    talk = Talk(Box())
    talk.send(b"x" * 70000)
    assert talk.ask("SYST:ERR?").startswith("-363")


SCRIPT = b"*IDN?\nSYST:ERR?\r\nSLOW?;*OPC?\nFOO\nSYST:ERR?\n*ESR?\n"


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.integers(0, len(SCRIPT)), max_size=12))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = Talk(Box()), Talk(Box())
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(10.0) == whole.run(10.0)
