"""The pytest plugin `labctl`: procedures as tests, and conformance of a lab's package.

`pytest -p labctl` brings the fixtures `bench`, `run_procedure` and `faults` and the marker
`indicators` (`labctl.testing.fixtures`); without `-p labctl` nothing of them is loaded.
`pytest -p labctl --lab acme_lab` puts the rules that our own drivers and emulators keep to another
lab's, found from its folders. The setting `labctl_lab = "acme_lab"` of a lab's own pytest
configuration runs them beside the lab's tests. The entry point `labctl` of the group `pytest11`
names this module; it imports nothing heavy until it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from labctl.errors import LabError

if TYPE_CHECKING:
    from labctl.labs import Lab
    from labctl.testing.check import Conformance

OPTION, SETTING, PLUGIN, FIXTURES = "--lab", "labctl_lab", "labctl", "labctl-fixtures"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--lab` and the setting that stands for it."""
    group = parser.getgroup(PLUGIN, "conformance of drivers and emulators")
    text = "name of an installed lab or of its package: check its drivers and emulators, and "
    text += "where no path is given nothing else"
    group.addoption(OPTION, metavar="NAME", default="", help=text)
    text = "lab whose drivers and emulators are checked beside the tests"
    parser.addini(SETTING, text, default="")


def pytest_configure(config: pytest.Config) -> None:
    """Stop where one of our package names is shadowed; `--lab` alone collects no files."""
    asked = PLUGIN in (config.getoption("plugins") or ())
    if not _lab_name(config) and not asked:
        return
    from labctl.labs import check_names

    try:
        check_names()
    except LabError as error:
        raise _stop(error) from error
    if asked:
        from labctl.testing import fixtures

        config.pluginmanager.register(fixtures, FIXTURES)
    if config.getoption(OPTION) and config.args_source != pytest.Config.ArgsSource.ARGS:
        config.args = []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Put the checks of the lab behind what was found in files."""
    name = _lab_name(config)
    if name:
        items.extend(_items(session, name))


def _lab_name(config: pytest.Config) -> str:
    return str(config.getoption(OPTION) or config.getini(SETTING))


def _items(session: pytest.Session, name: str) -> list[pytest.Item]:
    from labctl.testing.items import items, lab_node

    try:
        lab, checks = _checked(name)
        return items(lab_node(session, lab.name, name), checks(lab))
    except LabError as error:
        raise _stop(error) from error


def _checked(name: str) -> tuple[Lab, Conformance]:
    from labctl.labs import load_labs
    from labctl.testing.chosen import chosen, conformance

    labs = load_labs()
    return chosen(labs, name), conformance(labs)


def _stop(error: LabError) -> pytest.UsageError:
    remedy = f"\nremedy: {error.remedy}" if error.remedy else ""
    return pytest.UsageError(f"labctl: {error.message}{remedy}")
