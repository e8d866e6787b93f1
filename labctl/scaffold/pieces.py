"""New models, rigs and procedures of a lab."""

from __future__ import annotations

from labctl.errors import UsageError
from labctl.i18n import N_, _
from labctl.scaffold.names import camel
from labctl.scaffold.plan import Plan
from labctl.scaffold.templates import rendered
from labctl.scaffold.tree import Tree

STEPS = (
    N_("run the tests: pytest"),
    N_("search the new files for FILL IN: there the example ends"),
)
OURS_FOR_RIGS = {
    "driver": "keithley.dmm6500",
    "emulator": "keithley.dmm6500",
    "device_package": "",
    "device_module": "reference.resistor",
    "device": "ReferenceResistor",
}
"""What a new rig is simulated with until it has instruments and a device of its own."""


def plan_model(tree: Tree, name: str, plan: Plan | None = None) -> Plan:
    """A model of a device under test, and its test."""
    plan = plan or Plan(next_steps=list(STEPS))
    values = {"package": tree.package, "name": name, "device": camel(name)}
    folder = tree.home / "sim_backends" / "models"
    plan.package(folder, summary="Physics of the devices under test.")
    plan.add(folder / f"{name}.py", rendered("model/model.py", **values))
    test = tree.tests / "sim_backends" / "models" / f"test_{name}.py"
    plan.add(test, rendered("model/test.py", **values))
    return plan


def plan_rig(
    tree: Tree, name: str, using: dict[str, str] = OURS_FOR_RIGS, plan: Plan | None = None
) -> Plan:
    """A rig, its simulated bench and world, an example of a real bench, and a test.

    `using` names driver and emulator of its instrument and the device in its world.
    """
    plan = plan or Plan(next_steps=list(STEPS))
    values = {**using, "package": tree.package, "name": name, "rig": rig_class(name)}
    worlds = tree.home / "sim_backends" / "worlds"
    plan.package(tree.home / "rigs", worlds)
    for path, template in (
        (tree.home / "rigs" / f"{name}.py", "rig/rig.py"),
        (worlds / f"{name}.py", "rig/world.py"),
        (tree.benches / "sim" / f"{name}.toml", "rig/bench.toml"),
        (tree.benches / f"example_{name}.toml", "rig/example.toml"),
        (tree.tests / "rigs" / f"test_{name}.py", "rig/test.py"),
    ):
        plan.add(path, rendered(template, **values))
    return plan


def plan_procedure(tree: Tree, name: str, rig: str, plan: Plan | None = None) -> Plan:
    """A procedure on the lab's rig `rig`, an indicator of the lab's own, and a test."""
    plan = plan or Plan(next_steps=list(STEPS))
    values = {
        "package": tree.package,
        "name": name,
        "rig_name": rig,
        "rig": rig_class(rig),
        "indicator": f"{tree.lab}/{name}-01",
    }
    folder = tree.home / "procedures"
    plan.package(folder)
    plan.append(tree.home / "indicators.yaml", rendered("procedure/indicator.yaml", **values))
    plan.add(folder / f"{name}.py", rendered("procedure/procedure.py", **values))
    test = tree.tests / "procedures" / f"test_{name}.py"
    plan.add(test, rendered("procedure/test.py", **values))
    return plan


def rig_of(tree: Tree, named: str) -> str:
    """The rig `named`, else the only one of the lab; `UsageError` where that is not clear."""
    rigs = sorted(path.stem for path in (tree.home / "rigs").glob("[!_]*.py"))
    if named in rigs:
        return named
    if not named and len(rigs) == 1:
        return rigs[0]
    raise UsageError(
        _("no rig {name!r}").format(name=named) if named else _("which rig?"),
        remedy=_("name one with --rig: {rigs}").format(rigs=", ".join(rigs))
        if rigs
        else _("make one first: labctl new rig NAME"),
    )


def rig_class(name: str) -> str:
    """Name of the class of the rig `name`."""
    return f"{camel(name)}Rig"
