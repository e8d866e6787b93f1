from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from labctl.i18n import using
from labctl.report.curves import Log, Sweep, logs, sweeps
from labctl.report.figures import log_figure, power_text, sweep_figure, sweep_label

from .conftest import Record


def texts(svg: str) -> str:
    return " ".join(re.findall(r">([^<>]+)</text>", svg))


def test_curves_have_axes_with_units_and_a_legend(record: Record) -> None:
    svg = sweep_figure(sweeps(record.logged, record.logged.__getitem__), "p")
    ElementTree.fromstring(svg)
    assert "voltage in V" in texts(svg)
    assert "current in mA" in texts(svg)
    assert re.search(r"before, forward: 2\d\.\d+ mW", texts(svg))
    assert '<title id="p">Current-voltage curves: before, forward; before, reverse' in svg


def test_curves_speak_chinese_without_a_chinese_font(record: Record) -> None:
    with using("zh"):
        svg = sweep_figure(sweeps(record.logged, record.logged.__getitem__), "p")
    assert "电压 / V" in texts(svg)
    assert "试验前, 正向" in texts(svg)


def test_a_log_has_axes_with_units(record: Record) -> None:
    (log,) = logs(record.logged, record.logged.__getitem__)
    svg = log_figure([log], "p")
    ElementTree.fromstring(svg)
    assert "time in h" in texts(svg)
    assert "W/m²" in texts(svg)
    assert "irradiance against time, 6000 readings from" in svg


def test_drawings_repeat_byte_for_byte(record: Record) -> None:
    found = sweeps(record.logged, record.logged.__getitem__)
    assert sweep_figure(found, "p") == sweep_figure(found, "p")


def test_ids_of_two_drawings_never_meet(record: Record) -> None:
    found = sweeps(record.logged, record.logged.__getitem__)
    one, other = (set(re.findall(r' id="([^"]+)"', sweep_figure(found, s))) for s in "pq")
    assert one and not one & other


@pytest.mark.parametrize(("current", "unit"), [(2.0, "A"), (0.02, "mA"), (2e-5, "μA")])
def test_the_current_has_a_handy_unit(current: float, unit: str) -> None:
    sweep = Sweep("forward", (0.0, 0.5, 1.0), (current, 0.9 * current, 0.0))
    assert f"current in {unit}" in texts(sweep_figure([sweep], "p"))


def test_repetitions_stand_once_in_the_legend() -> None:
    volts = (0.0, 0.5, 1.0)
    repeated = [Sweep(f"iv/{i}/forward", volts, (0.02, 0.018, 0.0)) for i in range(3)]
    assert texts(sweep_figure(repeated, "p")).count("forward") == 1


def test_labels() -> None:
    sweep = Sweep("before/forward", (0.0, 0.5), (-3.0, -2.0))
    assert sweep_label(sweep) == "before, forward"
    assert power_text(sweep) == "1 W"


def test_a_flat_log_can_be_drawn() -> None:
    ElementTree.fromstring(log_figure([Log("mpp/power", "W", (0.0, 1.0), (1.0, 1.0), 2)], "p"))
