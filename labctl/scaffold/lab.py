"""A new lab: a whole package with an instrument, a device, a rig, a procedure and its tests."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from labctl.errors import UsageError
from labctl.i18n import N_, _
from labctl.scaffold.driver import names_of, plan_driver
from labctl.scaffold.names import ModelName, camel
from labctl.scaffold.pieces import plan_model, plan_procedure, plan_rig
from labctl.scaffold.plan import Plan
from labctl.scaffold.templates import rendered
from labctl.scaffold.tree import Tree

STEPS = (
    N_("install it: python -m pip install -e . (in the new folder)"),
    N_("run its tests, and labctl's rules for its drivers and emulators: pytest"),
    N_("search the files for FILL IN: there the example ends and the lab begins"),
)
MODEL, DEVICE, RIG, PROCEDURE = "v1", "source", "terminals", "voltage"
"""Names of the example's instrument, device, rig and procedure."""


def plan_lab(name: str, folder: Path) -> tuple[Tree, Plan]:
    """The tree of the lab `name` in a new folder of `folder`, and all its files.

    `UsageError` where that folder is not empty, or a package of that name is installed.
    """
    top = f"{name}_lab"
    root = folder / f"{name}-lab"
    _refuse_taken(top, root)
    tree = Tree(name, root, root / top, f"{top}.")
    plan = Plan(next_steps=list(STEPS))
    plan.package(tree.home, summary=f"The lab {name}: drivers, rigs and procedures for labctl.")
    _skeleton(tree, plan)
    model = ModelName(name, MODEL)
    plan_driver(tree, model, plan)
    plan_model(tree, DEVICE, plan)
    plan_rig(tree, RIG, _own(tree, model), plan)
    plan_procedure(tree, PROCEDURE, RIG, plan)
    return tree, plan


def _refuse_taken(top: str, root: Path) -> None:
    if root.exists() and any(root.iterdir()):
        raise UsageError(
            _("{folder} is there and not empty").format(folder=root),
            remedy=_("choose another name, or another working directory"),
        )
    if find_spec(top) is not None:
        raise UsageError(
            _("a package {name!r} is installed already").format(name=top),
            remedy=_("choose another name"),
        )


def _own(tree: Tree, model: ModelName) -> dict[str, str]:
    """What the new rig is simulated with: the lab's own instrument and device."""
    names = names_of(tree, model)
    return {
        "driver": names["driver"],
        "emulator": names["emulator"],
        "device_package": tree.package,
        "device_module": DEVICE,
        "device": camel(DEVICE),
    }


def _skeleton(tree: Tree, plan: Plan) -> None:
    sim = tree.home / "sim_backends"
    plan.package(tree.home / "drivers", sim, sim / "emulators", sim / "worlds")
    values = {
        "lab": tree.lab,
        "top": tree.top,
        "indicator": f"{tree.lab}/{PROCEDURE}-01",
        "rig_name": RIG,
        "device_module": DEVICE,
        "device": camel(DEVICE),
    }
    for path, template in (
        ("pyproject.toml", "lab/pyproject.toml"),
        ("README.md", "lab/README.md"),
        (".gitignore", "lab/gitignore"),
        ("ci/run", "lab/run"),
        (".github/workflows/ci.yml", "lab/ci.yml"),
        ("tests/test_lab.py", "lab/test_lab.py"),
        (f"{tree.top}/lab.py", "lab/lab.py"),
        (f"{tree.top}/indicators.yaml", "lab/indicators.yaml"),
        (f"{tree.top}/drivers/quality.toml", "lab/quality.toml"),
        (f"{tree.top}/sim_backends/worlds/reference.py", "lab/reference.py"),
        (f"{tree.top}/rigs/benches/sim/reference.toml", "lab/reference.toml"),
    ):
        plan.add(tree.root / path, rendered(template, **values))
