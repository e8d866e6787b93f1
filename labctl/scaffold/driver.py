"""A new driver with all that proves it: emulator, golden file, test, page, place on a bench."""

from __future__ import annotations

from labctl.i18n import N_
from labctl.scaffold.names import ModelName
from labctl.scaffold.plan import Plan
from labctl.scaffold.templates import rendered
from labctl.scaffold.tree import Tree

STEPS = (
    N_("run the tests: pytest"),
    N_("search the new files for FILL IN, and write the manual's commands there"),
    N_("let another person write the emulator, from the manual and not from the driver"),
    N_("name the manual's pages in the golden file, then raise the tier in quality.toml"),
)

PAGE = N_("write the page of supported instruments anew: python -m rigs.conformance.page")
"""What comes first in our own tree."""


def names_of(tree: Tree, model: ModelName) -> dict[str, str]:
    """What the templates of a driver call it, its emulator and its role on the bench."""
    dotted = f"{model.vendor}.{model.model}"
    return {
        "vendor": model.vendor,
        "model": model.model,
        "kind": model.kind,
        "maker": model.maker,
        "type": model.type,
        "title": model.title,
        "package": tree.package,
        "role": f"{model.vendor}_{model.model}",
        "driver": dotted if tree.is_ours else f"{tree.package}drivers.{dotted}",
        "emulator": dotted if tree.is_ours else f"{tree.package}sim_backends.emulators.{dotted}",
    }


def plan_driver(tree: Tree, model: ModelName, plan: Plan | None = None) -> Plan:
    """The files of `model` in `tree`; beside those that `plan` has already."""
    plan = plan or Plan(next_steps=[*([PAGE] if tree.is_ours else []), *STEPS])
    values = names_of(tree, model)
    driver = tree.home / "drivers" / model.vendor
    emulator = tree.home / "sim_backends" / "emulators" / model.vendor
    plan.package(driver, summary=f"Drivers of {model.maker.title()} instruments.")
    plan.package(emulator, summary=f"Emulators of {model.maker.title()} instruments.")
    tests, name = tree.tests, f"test_{model.model}.py"
    page = tree.root / "docs" / "instruments" / f"{model.vendor}_{model.model}.md"
    for path, template in (
        (driver / f"{model.model}.py", "driver/driver.py"),
        (emulator / f"{model.model}.py", "driver/emulator.py"),
        (tree.golden / model.vendor / f"{model.model}.toml", "driver/golden.toml"),
        (tests / "drivers" / model.vendor / name, "driver/test.py"),
        (
            tests / "sim_backends" / "emulators" / model.vendor / name,
            "driver/emulator_test.py",
        ),
        (page, "driver/page.md"),
    ):
        plan.add(path, rendered(template, **values))
    _register(tree, plan, values)
    return plan


def _register(tree: Tree, plan: Plan, values: dict[str, str]) -> None:
    plan.append(tree.home / "drivers" / "quality.toml", rendered("driver/quality.toml", **values))
    bench = tree.benches / "sim" / "reference.toml"
    plan.append(bench, rendered("driver/bench.toml", **values))
    if tree.is_ours:
        names = tree.home / "sim_backends" / "plugs" / "serve_names.py"
        plan.insert(names, "}", f'    "{values["emulator"]}": "{values["title"]}",\n')
