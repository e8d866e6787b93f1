"""A published measured curve, against pvlib with the parameters that were published with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pvlib.pvsystem
import pytest

from labctl.analysing.carrying import analysed
from labctl.errors import UsageError
from labctl.evidence import Evidence, Figure

FILE = Path(__file__).parents[2] / "golden" / "analyses" / "pv_module_72_cells.csv"
THERMAL = 1.380649e-23 * 298.15 / 1.602176634e-19

_FIT: Any = pvlib.pvsystem.singlediode(
    photocurrent=8.903002024717399,
    saturation_current=1.98620148842876e-07,
    resistance_series=0.3013297637749544,
    resistance_shunt=1.0 / 0.0005906833299600464,
    nNsVth=72 * 1.2782631787313674 * THERMAL,
)
PUBLISHED = {name: float(_FIT[name]) for name in ("i_sc", "v_oc", "v_mp", "p_mp")}
"""Of the fit that stands beside the data (tests/golden/analyses/pv_module_72_cells.txt)."""


def value(evidence: Evidence, name: str) -> float:
    found = evidence.results[name]
    assert isinstance(found, Figure)
    return found.value


def test_a_measured_module_agrees_with_its_published_fit() -> None:
    document = analysed("pv_iv_sweep", [FILE], {})
    evidence = document.evidence
    assert evidence.kind == "imported"
    assert value(evidence, "maximum_power") == pytest.approx(PUBLISHED["p_mp"], rel=2e-3)
    assert value(evidence, "voltage_at_maximum_power") == pytest.approx(PUBLISHED["v_mp"], rel=5e-3)
    assert value(evidence, "open_circuit_voltage") == pytest.approx(PUBLISHED["v_oc"], rel=1e-3)
    assert value(evidence, "short_circuit_current") == pytest.approx(PUBLISHED["i_sc"], rel=2e-3)
    assert "power_conversion_efficiency" not in evidence.results
    assert any("efficiency" in words for words in evidence.missing)
    assert {plot.name for plot in document.plots} == {"curve", "power"}


def test_efficiency_takes_the_uncertainty_of_area_and_light() -> None:
    settings = {"area": "19400 cm**2 u=97", "irradiance": "1000 W/m**2 u=10"}
    evidence = analysed("pv_iv_sweep", [FILE], settings).evidence
    figure = evidence.results["power_conversion_efficiency"]
    assert isinstance(figure, Figure)
    assert figure.value == pytest.approx(100 * PUBLISHED["p_mp"] / 1940.0, rel=2e-3)
    assert figure.u / figure.value == pytest.approx(0.0112, rel=0.1)


def changed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "curve.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_order_and_sign_of_the_current_do_not_matter(tmp_path: Path) -> None:
    head, *rows = FILE.read_text(encoding="utf-8").splitlines()
    turned = [f"{v},{-float(i)!r}" for v, i in (row.split(",") for row in reversed(rows))]
    path = changed(tmp_path, "\n".join(["a title", head, *turned]))
    evidence = analysed("pv_iv_sweep", [path], {}).evidence
    assert value(evidence, "maximum_power") == pytest.approx(PUBLISHED["p_mp"], rel=2e-3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("U,J\n1,2\n", "no row with the names"),
        ("V,I\n1,2\n", "holds 1 points"),
        ("V,I\n" + "1,x\n" * 20, "without two numbers"),
        ("V,I\n" + "".join(f"{n / 100},{-n / 10}\n" for n in range(30)), "no point at which"),
        ("V,I\n" + "".join(f"{n / 20},{1 - n / 20}\n" for n in range(20)), "near the maximum"),
    ],
    ids=["names", "short", "words", "passive", "coarse"],
)
def test_what_is_no_curve_is_refused_by_name(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        analysed("pv_iv_sweep", [changed(tmp_path, text)], {})
    assert "curve.csv" in caught.value.message
