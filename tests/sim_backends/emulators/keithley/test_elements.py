from __future__ import annotations

import pytest

from sim_backends.emulators.keithley.buffers import OVERFLOW, Reading
from sim_backends.emulators.keithley.elements import formatted, parse_selection, render
from sim_backends.emulators.scpi import ScpiError

READING = Reading(-1.25e-3, "Amp DC", 90.5, 1.0, "Volt DC", 8, 136)


def test_selection_and_text() -> None:
    name, elements = parse_selection(("'buffer A'", "read", "SOURCE", "sourunit", "RELative"))
    assert name == "buffer A"
    assert render(READING, elements, 90.0) == "-1.250000E-03,1.000000E+00,Volt DC,0.500000000"
    assert render(READING, parse_selection(())[1], 0.0, 2) == "-1.25E-03"
    assert parse_selection(("defbuffer2",))[0] == "defbuffer2"


@pytest.mark.parametrize("arguments", [("12",), ("'b'", "FOO"), ("'b'", *["READ"] * 15)])
def test_refusals(arguments: tuple[str, ...]) -> None:
    with pytest.raises(ScpiError):
        parse_selection(arguments)


def test_front_panel_form() -> None:
    assert formatted(-1.25e-3, "Amp DC") == "-01.25000 mA"
    assert formatted(OVERFLOW, "Volt DC") == "Overflow"
    assert formatted(0.0, "Volt DC") == "+00.00000 nV"
