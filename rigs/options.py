"""The table `options` of a role: secrets filled in from outside, then given to its driver.

[roles.analyser.options]
user = "lab"
password = {env = "ANALYSER_PASSWORD"}
map = {file = "analyser.toml"}  # named from the bench file's folder
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from drivers.options import Configurable
from drivers.registry import DriverClass
from rigs.bench import Bench

SECRET_PLACES = {"env", "keyring"}


def configured(bench: Bench, role: str, driver: DriverClass) -> DriverClass:
    """`driver` with the options of `role` in place; `BenchError` names the line that is wrong."""
    options = bench.roles[role].options
    if not options:
        return driver
    key = ("roles", role, "options")
    if not isinstance(driver, Configurable):
        raise bench.wrong(key, f"{bench.roles[role].driver} takes no options", "leave them out")
    given = {name: _filled(bench, (*key, name), value) for name, value in options.items()}
    try:
        return driver.configured(given)
    except ValueError as error:
        raise bench.wrong(key, str(error), "correct that option") from error


def _filled(bench: Bench, key: tuple[str, ...], value: Any) -> Any:
    """`value`, or what stands where `{env = "NAME"}` points, or the path of `{file = "NAME"}`."""
    if isinstance(value, Mapping) and set(value) == {"file"}:
        return str(bench.path.parent / str(value["file"]))
    if not isinstance(value, Mapping) or not set(value) & SECRET_PLACES:
        return value
    name = value.get("env", "")
    if set(value) != {"env"} or not isinstance(name, str):
        raise bench.wrong(key, "this is no place of a secret", 'write {env = "NAME"}')
    if name not in os.environ:
        what = f"the environment has no variable {name}"
        raise bench.wrong(key, what, f"set {name} before the run")
    return os.environ[name]
