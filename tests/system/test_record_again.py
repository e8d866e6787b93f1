"""CI tries five procedures of the proficiency record again: which, and on how many devices."""

from __future__ import annotations

import re
from pathlib import Path

from labctl.catalogue import load
from labctl.discovery import procedure_for
from labctl.proficiency.limits import continuous

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"tool labctl proficiency ((?:[\d.]+-\d+ )+)--draws (\d+)$", re.MULTILINE)


def called() -> tuple[list[str], int]:
    """The ids that `.ci/run` tries again, and the number of draws."""
    [(ids, draws)] = LINE.findall((ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    return ids.split(), int(draws)


def test_five_figures_with_ten_draws_each() -> None:
    ids, draws = called()
    assert len(set(ids)) == 5 and draws == 10
    assert all(continuous(load().get(one)) for one in ids)


def test_they_are_measured_on_five_rigs() -> None:
    rigs: set[str] = set()
    for one in called()[0]:
        bound = procedure_for(load().get(one))
        assert bound is not None
        rigs.add(bound.procedure.rig.__name__)
    assert len(rigs) == 5


def test_the_seeds_are_those_of_the_record() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    [line] = [one for one in text.splitlines() if "tool labctl proficiency" in one]
    assert "--seed" not in line and "--record" not in line
    assert 'step "proficiency again" record_again' in text
