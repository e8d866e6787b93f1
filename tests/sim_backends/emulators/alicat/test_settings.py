from __future__ import annotations

import pytest

from sim_backends.emulators.alicat.element import LITRES, STANDARD, Element
from sim_backends.emulators.alicat.settings import Settings, shown
from sim_backends.models.gas_line import NORMAL_TEMPERATURE, GasLine
from sim_backends.streams import stream

LINE = GasLine("N2", 5.0 / LITRES * NORMAL_TEMPERATURE / STANDARD, 250e3, 23.0)


def made() -> tuple[Settings, Element]:
    element = Element(LINE, stream(1, "settings"))
    return Settings(element), element


def test_the_states_as_a_real_instrument_told_them() -> None:
    settings, _ = made()
    assert settings.ask("DCFRT S") == "25.0 2 `C" and settings.ask("DCFRT N") == "0.0 2 `C"
    assert settings.ask("DCFRP S") == settings.ask("DCFRP N") == "14.696 10 PSIA"
    assert settings.ask("DCA 5") == "1"


def test_flow_is_counted_in_the_standard_state() -> None:
    settings, element = made()
    before = element.measure(1.0, 0.0)
    assert settings.ask("DCFRT N 2 20") == "20.0 2 `C"
    assert element.measure(1.0, 0.0).mass == pytest.approx(before.mass, rel=0.01), "SLPM"
    assert settings.ask("DCFRT S 0 0") == "0.0 2 `C"
    assert settings.ask("DCFRP S 10 29.392") == "29.392 10 PSIA"
    after = element.measure(1.0, 0.0)
    assert after.mass == pytest.approx(before.mass * 273.15 / 298.15 / 2.0, rel=0.03)
    assert after.volume == pytest.approx(before.volume, rel=0.03)


def test_averaging_times_are_kept() -> None:
    settings, _ = made()
    assert settings.ask("DCA 5 100") == settings.ask("DCA 5") == "100"
    assert settings.ask("DCA 2") == "1" and settings.ask("DCA 5 0") == "1"


@pytest.mark.parametrize(
    "command",
    [
        *("DCFRT", "DCFRT X", "DCFRT S 3 20", "DCFRT S 2 x", "DCFRT S 20", "DCFRP S 10 0", "DCX 1"),
        *("DCA", "DCA 3", "DCA 5 10000", "DCA 5 1.5", "DCA x"),
    ],
)
def test_what_is_refused(command: str) -> None:
    assert made()[0].ask(command) is None


@pytest.mark.parametrize(
    ("value", "text"), [(25.0, "25.0"), (0.655, "0.655"), (0.0, "0.0"), (-3.25, "-3.25")]
)
def test_digits(value: float, text: str) -> None:
    assert shown(value) == text
