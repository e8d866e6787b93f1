"""`labctl new driver` in labctl's own tree: a copy of the files that it adds to."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from labctl.errors import UsageError
from labctl.scaffold.driver import plan_driver
from labctl.scaffold.names import model_name
from labctl.scaffold.tree import Tree
from tests.house.tree import ROOT

ADDED_TO = (
    "drivers/quality.toml",
    "rigs/benches/sim/reference.toml",
    "sim_backends/plugs/serve_names.py",
)


@pytest.fixture
def ours(tmp_path: Path) -> Tree:
    """Our own tree, as far as a new driver is concerned."""
    for name in ADDED_TO:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    return Tree("labctl", tmp_path, tmp_path, "")


def test_a_driver_of_ours_is_named_short_and_registered(ours: Tree) -> None:
    plan = plan_driver(ours, model_name("zzz/k9"))
    plan.carry_out()
    assert "rigs.conformance.page" in plan.next_steps[0]
    assert {path.relative_to(ours.root).as_posix() for path in plan.changed} == set(ADDED_TO)
    quality = tomllib.loads((ours.root / ADDED_TO[0]).read_text(encoding="utf-8"))
    assert quality["zzz.k9"]["tier"] == "unverified"
    bench = tomllib.loads((ours.root / ADDED_TO[1]).read_text(encoding="utf-8"))
    assert bench["roles"]["zzz_k9"]["driver"] == "zzz.k9"
    names = (ours.root / ADDED_TO[2]).read_text(encoding="utf-8")
    assert '    "zzz.k9": "Zzz K9",\n}' in names
    for path in [*ours.root.glob("*/zzz/k9.py"), *ours.root.glob("*/*/zzz/k9.py")]:
        ast.parse(path.read_text(encoding="utf-8"))
    assert (ours.root / "tests/golden/zzz/k9.toml").is_file()
    assert (ours.root / "docs/instruments/zzz_k9.md").is_file()


def test_a_second_model_of_a_vendor_leaves_the_package_alone(ours: Tree) -> None:
    plan_driver(ours, model_name("zzz/k9")).carry_out()
    front = ours.root / "drivers" / "zzz" / "__init__.py"
    front.write_text('"""Mine."""\n', encoding="utf-8")
    plan_driver(ours, model_name("zzz/k10")).carry_out()
    assert front.read_text(encoding="utf-8") == '"""Mine."""\n'
    with pytest.raises(UsageError, match="nothing was written"):
        plan_driver(ours, model_name("zzz/k9")).carry_out()
