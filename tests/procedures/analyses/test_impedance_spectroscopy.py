"""A published spectrum, against the fit of the same circuit by the package that published it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from labctl.analysing.carrying import analysed
from labctl.errors import UsageError
from labctl.evidence import Evidence, Figure
from procedures.analyses.impedance_spectroscopy import intercept

FILE = Path(__file__).parents[2] / "golden" / "analyses" / "lithium_ion_spectrum.csv"

R0, U0 = 1.49493202e-02, 5.52109237e-05
"""Ohm; impedance.py 1.7.1, L0-R0-p(R1,CPE1)-p(R2,CPE2) from 0.5 Hz, weighed by the modulus."""

PUBLISHED = 1.65e-2
"""Ohm; R0 of ideal arcs without inductance (impedance.py, test_fitting.py, results_local)."""


def figure(evidence: Evidence, name: str) -> Figure:
    found = evidence.results[name]
    assert isinstance(found, Figure)
    return found


def test_the_same_circuit_gives_the_same_resistance() -> None:
    evidence = analysed("impedance_spectroscopy", [FILE], {"lowest": "0.5 Hz"}).evidence
    assert evidence.kind == "imported"
    found = figure(evidence, "series_resistance")
    assert found.value == pytest.approx(R0, rel=1e-4)
    assert found.u == pytest.approx(U0, rel=0.05)


def test_the_intercept_is_near_what_ideal_arcs_give() -> None:
    evidence = analysed("impedance_spectroscopy", [FILE], {}).evidence
    assert figure(evidence, "real_axis_intercept").value == pytest.approx(PUBLISHED, rel=0.06)


def test_an_area_gives_the_specific_resistance() -> None:
    settings = {"lowest": "0.5 Hz", "area": "2 cm**2 u=0.02"}
    evidence = analysed("impedance_spectroscopy", [FILE], settings).evidence
    found = figure(evidence, "area_specific_resistance")
    assert found.value == pytest.approx(2.0 * R0, rel=1e-3)
    assert found.u == pytest.approx(np.hypot(2.0 * U0, 0.02 * R0), rel=0.05)


def test_what_is_no_spectrum_is_refused(tmp_path: Path) -> None:
    for text in ("f,re,im\n", "f,re,im\n1,2,x\n", "1,2,3\n10,2,1\n"):
        path = tmp_path / "no.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError):
            analysed("impedance_spectroscopy", [path], {})


def test_no_intercept_without_a_change_of_sign() -> None:
    assert intercept(np.array([3.0 - 1.0j, 2.0 - 0.5j])) is None
    assert intercept(np.array([3.0 - 1.0j, 2.0 + 1.0j])) == pytest.approx(2.5)
