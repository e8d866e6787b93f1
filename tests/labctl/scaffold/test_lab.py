"""`labctl new lab acme`: the package that it writes passes its own tests, ruff and house rules."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labctl.errors import UsageError
from labctl.scaffold.driver import plan_driver
from labctl.scaffold.lab import plan_lab
from labctl.scaffold.names import model_name
from labctl.scaffold.pieces import plan_model, plan_procedure, plan_rig
from labctl.scaffold.tree import tree_around
from tests.house.rules import docstrings, encoding, names, platform, reflection, size
from tests.house.tree import Source
from tests.labctl import foreignlab

RULES = [module.RULE for module in (docstrings, encoding, names, platform, reflection, size)]


def test_a_new_lab_with_more_pieces_passes_its_tests(tmp_path: Path) -> None:
    foreignlab.make("acme", tmp_path)
    tree = tree_around(tmp_path / "acme-lab" / "acme_lab" / "drivers")
    plan_driver(tree, model_name("beta_co/x_2")).carry_out()
    plan_model(tree, "cell").carry_out()
    plan_rig(tree, "bath").carry_out()
    plan_procedure(tree, "level", "bath").carry_out()
    done = foreignlab.pytest_in(tree, "-rA")
    assert done.returncode == 0, done.stdout + done.stderr
    for test in (
        "tests/drivers/beta_co/test_x_2.py::test_it_reads_what_is_true",
        "tests/procedures/test_voltage.py::test_the_verdict_follows_the_device[failing-FAIL]",
        "tests/procedures/test_level.py::test_the_verdict_follows_the_device[nominal-PASS]",
        "tests/rigs/test_bath.py::test_its_benches_have_its_roles",
        "tests/test_lab.py::test_labctl_finds_the_lab",
        "acme_lab::driver beta_co.x_2: knows its emulator",
    ):
        assert f"PASSED {test}" in done.stdout, done.stdout


@pytest.mark.parametrize("lab", ["acme", "zeta"])
def test_what_is_written_keeps_the_rules(lab: str, tmp_path: Path) -> None:
    tree = foreignlab.make(lab, tmp_path)
    for command in (["check", "."], ["format", "--check", "."]):
        done = foreignlab.python(tree, "ruff", *command, "--no-cache")
        assert done.returncode == 0, done.stdout + done.stderr
    for path in tree.home.rglob("*.py"):
        place = path.relative_to(tree.home).as_posix()
        source = Source(place, path.read_text(encoding="utf-8"))
        assert not [finding for rule in RULES for finding in rule.findings(source)]


def test_what_is_written_passes_the_type_checker(tmp_path: Path) -> None:
    tree = foreignlab.make("acme", tmp_path)
    plan_rig(tree, "bath").carry_out()
    done = foreignlab.python(tree, "pyright", "--pythonpath", sys.executable, ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_written_over(tmp_path: Path) -> None:
    plan_lab("acme", tmp_path)[1].carry_out()
    with pytest.raises(UsageError, match="not empty"):
        plan_lab("acme", tmp_path)


def test_a_package_that_is_installed_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old_lab").mkdir()
    (tmp_path / "old_lab" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(UsageError, match="'old_lab' is installed already"):
        plan_lab("old", tmp_path / "elsewhere")
