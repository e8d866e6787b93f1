from __future__ import annotations

from labctl.evidence import Contribution, Evidence, Figure
from labctl.i18n import using
from labctl.report.budgets import budgets

EVIDENCE = Evidence(
    {"relative_loss": Figure(6.8, "%"), "area": Figure(1.0, "cm**2")},
    budget=(
        Contribution("relative_loss", "bench/spectral_mismatch", 0.4, "lamp, +-0.5 degC"),
        Contribution("relative_loss", "/voltage/2 V", 0.3),
        Contribution("relative_loss", "SIM-1/current/noise", 0.001),
        Contribution("area", "repeatability", 0.0),
    ),
)


def test_each_figure_has_its_budget() -> None:
    loss, area = budgets(EVIDENCE)
    assert (loss.figure, area.figure) == ("relative loss", "area")
    assert [(line.source, line.u, line.share) for line in loss.lines] == [
        ("bench, spectral mismatch", "0.4 %", "64.0 %"),
        ("voltage, 2 V", "0.3 %", "36.0 %"),
    ]
    assert loss.lines[0].detail == "lamp, ±0.5 °C"
    assert [(line.u, line.share) for line in area.lines] == [("0 cm²", "–")]


def test_small_lines_are_named_in_a_sentence() -> None:
    assert budgets(EVIDENCE)[0].small == "SIM-1, current, noise: 0.001 %"


def test_parts_of_a_name_are_translated() -> None:
    with using("zh"):
        assert budgets(EVIDENCE)[0].lines[0].source == "试验台, 光谱失配"


def test_no_budget_is_none() -> None:
    assert budgets(Evidence({})) == ()
