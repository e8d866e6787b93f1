"""Published cycles of a Neware machine, against what its own program counted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from labctl.analysing.carrying import analysed
from labctl.errors import UsageError
from labctl.evidence import Evidence, Figure

FILE = Path(__file__).parents[2] / "golden" / "analyses" / "neware_two_cycles.csv"

SODIUM = FILE.with_name("sodium_ion_discharge.csv")

COLUMNS = {
    "charge_capacity": "Chg. Cap.(Ah)",
    "discharge_capacity": "DChg. Cap.(Ah)",
    "charge_energy": "Chg. Energy(Wh)",
    "discharge_energy": "DChg. Energy(Wh)",
    "coulombic_efficiency": "Chg.-DChg. Eff(%)",
}


def published() -> dict[str, float]:
    """What the rows of the cycles hold, by the names of the results."""
    head, *rows = csv.reader(FILE.read_text(encoding="utf-8").splitlines())
    cycles = [dict(zip(head, row, strict=False)) for row in rows if row[0]]
    return {
        f"cycle {row['Cycle Index']}/{name}": float(row[column])
        for row in cycles
        for name, column in COLUMNS.items()
    }


def value(evidence: Evidence, name: str) -> float:
    found = evidence.results[name]
    assert isinstance(found, Figure)
    return found.value


def test_each_figure_is_that_of_the_cyclers_own_program() -> None:
    evidence = analysed("charge_discharge", [FILE], {}).evidence
    expected = published()
    assert set(evidence.results) == set(expected) and len(expected) == 10
    for name, told in expected.items():
        # Times are printed to the second: half a second at either end of 40 min is 3e-4.
        assert value(evidence, name) == pytest.approx(told, rel=6e-4), name
    assert evidence.missing == ("mass: no specific figures", "area: no areal figures")


def test_a_mass_and_an_area_give_specific_and_areal_figures() -> None:
    settings = {"mass": "2 g u=0.02", "area": "50 cm**2"}
    evidence = analysed("charge_discharge", [FILE], settings).evidence
    charge = value(evidence, "cycle 3/discharge_capacity") * 3600.0
    assert value(evidence, "cycle 3/specific_capacity") == pytest.approx(charge / 2e-3)
    assert value(evidence, "cycle 3/areal_capacity") == pytest.approx(charge / 50e-4)
    specific = evidence.results["cycle 3/specific_energy"]
    assert isinstance(specific, Figure)
    assert specific.u / specific.value == pytest.approx(0.01, rel=0.05)
    assert evidence.missing == ()


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("Cycle Index", "cycle", "layered"), ("Current(A)", "I", "Current"), ("0.50000", "x", "line")],
)
def test_a_file_of_another_kind_is_refused_by_name(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    path = tmp_path / "other.csv"
    path.write_text(FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError, match="other") as refused:
        analysed("charge_discharge", [path], {})
    assert word in str(refused.value)


def test_a_sodium_ion_cell_gives_what_all_of_its_records_give() -> None:
    evidence = analysed("charge_discharge", [SODIUM], {"mass": "37.5 g u=0.5"}).evidence
    # The first record, before the current has settled, stands for half a minute here: 1e-3.
    assert value(evidence, "cycle 1/discharge_capacity") == pytest.approx(1.46626, rel=1e-3)
    assert value(evidence, "cycle 1/discharge_energy") == pytest.approx(4.43483, rel=1e-3)
    specific = value(evidence, "cycle 1/specific_energy") / 3600.0
    assert specific == pytest.approx(118.3, abs=0.3)
    assert evidence.kind == "imported" and "cycle 1/coulombic_efficiency" not in evidence.results
