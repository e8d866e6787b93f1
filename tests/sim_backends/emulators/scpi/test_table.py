from __future__ import annotations

from typing import Any

import pytest

from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.table import Table


def build() -> Table:
    table = Table()
    for pattern in (
        ":SOURce[1]:VOLTage[:LEVel]", ":SOURce[1]:VOLTage:RANGe:AUTO", ":SOURce[1]:FUNCtion[:MODE]",
        "[:SENSe[1]]:VOLTage[:DC]:RANGe[:UPPer]", "[:SENSe[1]]:VOLTage[:DC]:NPLCycles", "*RST",
    ):  # fmt: skip
        table.command(pattern, lambda _d, a, p=pattern: f"{p} {','.join(a)}", 0, 3)
        table.query(pattern, lambda _d, a, p=pattern: f"{p}?", 0, 1)
    return table


TABLE = build()


def run(message: str) -> list[Any]:
    out: list[Any] = []
    for handler, arguments in TABLE.compile(message):
        try:
            out.append(handler(None, arguments))
        except ScpiError as error:
            out.append(error.code)
    return out


@pytest.mark.parametrize(
    "header",
    ["SOUR:VOLT", "sour:volt", ":SOURCE:VOLTAGE", "Sour1:Volt:Lev", ":source1:voltage:level"],
)
def test_short_and_long_forms(header: str) -> None:
    assert run(f"{header} 1") == [":SOURce[1]:VOLTage[:LEVel] 1"]
    assert run(f"{header}?") == [":SOURce[1]:VOLTage[:LEVel]?"]


@pytest.mark.parametrize(
    "header", ["VOLT:RANG", "SENS:VOLT:DC:RANG:UPP", ":SENSE1:VOLTAGE:RANGE", "volt:dc:range"]
)
def test_optional_nodes(header: str) -> None:
    assert run(f"{header}?") == ["[:SENSe[1]]:VOLTage[:DC]:RANGe[:UPPer]?"]


def test_compound_paths() -> None:
    assert run(":SOUR:VOLT 1;VOLT?;FUNC?") == [
        ":SOURce[1]:VOLTage[:LEVel] 1", ":SOURce[1]:VOLTage[:LEVel]?",
        ":SOURce[1]:FUNCtion[:MODE]?",
    ]  # fmt: skip
    assert run("VOLT:DC:RANG 1;NPLC 2; :SOUR:FUNC?;*RST;VOLT?") == [
        "[:SENSe[1]]:VOLTage[:DC]:RANGe[:UPPer] 1", "[:SENSe[1]]:VOLTage[:DC]:NPLCycles 2",
        ":SOURce[1]:FUNCtion[:MODE]?", "*RST ", ":SOURce[1]:VOLTage[:LEVel]?",
    ]  # fmt: skip
    assert run(":SOUR:VOLT:RANG:AUTO 1;:SOUR:VOLT 2;") == [
        ":SOURce[1]:VOLTage:RANGe:AUTO 1", ":SOURce[1]:VOLTage[:LEVel] 2",
    ]  # fmt: skip


def test_arguments() -> None:
    assert run("SOUR:VOLT 1 ,  'a,b' ,\"c;d\"") == [":SOURce[1]:VOLTage[:LEVel] 1,'a,b',\"c;d\""]
    assert run("SOUR:VOLT 1,2,3,4") == [-108]


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ("FOO", [-113]), ("SOUR:FOO?", [-113]), ("SOURC:VOLT 1", [-113]), ("SOUR2:VOLT 1", [-113]),
        ("SOUR:VOLT=1", [-111]), ("SOUR:VOLT 'a", [-151]), ("SOUR::VOLT 1", [-102]), ("$", [-102]),
        ("\x01", [-101]), ("SOUR:VOLT:LEV:FOO 1", [-113]), ("*FOO?", [-113]), ("", []), (" ; ", []),
    ],
)  # fmt: skip
def test_faulty_messages(message: str, codes: list[int]) -> None:
    assert run(message) == codes


def test_what_follows_a_faulty_unit_is_dropped() -> None:
    assert run("SOUR:VOLT 1;:FOO;:SOUR:VOLT 2") == [":SOURce[1]:VOLTage[:LEVel] 1", -113]
