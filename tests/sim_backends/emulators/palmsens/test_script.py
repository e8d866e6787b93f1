from __future__ import annotations

import pytest

from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.script import parse

LOOP = ["var p", "var c", "meas_loop_ca p c 0 1 1"]


# MethodSCRIPT manual, appendix A: codes; line and column count from 1.
@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (["var c", "foo 1"], "!4001: Line 2, Col 1"),
        (["set_e x"], "!420B: Line 1, Col 7"),
        (["var c", "var c"], "!4026: Line 2, Col 5"),
        (["set_e 1.5"], "!4039: Line 1, Col 7"),
        (["set_e"], "!4002: Line 1, Col 6"),
        (["set_e 1m 2m"], "!4004: Line 1, Col 10"),
        (["set_range zz 1m"], "!4006: Line 1, Col 11"),
        ([*LOOP, LOOP[-1]], "!400B: Line 4, Col 1"),
        (["loop 1 == 1"], "!4018: Line 1, Col 1"),
        (["endloop"], "!400E: Line 1, Col 1"),
        (["if 1 == 1", "endloop"], "!400E: Line 2, Col 1"),
        (["else"], "!400E: Line 1, Col 1"),
        ([*LOOP[:2], "meas_loop_lsv p c 0 1 1m 1 nscans(2)"], "!4008: Line 3, Col 28"),
        (['send_string "open'], "!4004: Line 1, Col 13"),
        (["on_finished:", "on_finished:"], "!400C: Line 2, Col 1"),
    ],
)
def test_errors_name_their_place(lines: list[str], error: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse(lines)
    assert caught.value.text == error


def test_blocks_and_comments() -> None:
    program = parse([*LOOP, "  pck_start # a comment", "endloop", "", "on_finished:", "cell_off"])
    assert [command.name for command in program.body] == ["var", "var", "meas_loop_ca"]
    assert [command.name for command in program.body[2].body] == ["pck_start"]
    assert [command.name for command in program.finish] == ["cell_off"]


def test_a_script_that_is_too_long() -> None:
    with pytest.raises(ScriptError) as caught:
        parse(["cell_off"] * 3000)
    assert caught.value.code == 0x4005
