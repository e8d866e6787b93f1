"""The table `options` of a role: secrets filled in from outside, then given to its driver.

[roles.analyser.options]
user = "lab"
password = {env = "ANALYSER_PASSWORD"}
map = {file = "analyser.toml"}  # named from the bench file's folder
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from drivers.options import Configurable
from drivers.registry import DriverClass
from labctl.errors import BenchError
from labctl.secret import Secret, reveal
from rigs.bench import Bench
from rigs.benches import has_simulated_bench, simulated_bench

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
    """`value`, or the secret that `{env = "NAME"}` or `{keyring = "NAME"}` names, or the path of
    `{file = "NAME"}`."""
    if isinstance(value, Mapping) and set(value) == {"file"}:
        return str(_beside(bench, str(value["file"])))
    if not isinstance(value, Mapping) or not set(value) & SECRET_PLACES:
        return value
    try:
        return reveal(msgspec.convert(value, Secret), ".".join(key)).text
    except msgspec.ValidationError as error:
        remedy = 'write {env = "NAME"} or {keyring = "NAME"}'
        raise bench.wrong(key, "this is no place of a secret", remedy) from error
    except BenchError as error:
        raise bench.wrong(key, error.message.partition(": ")[2], error.remedy) from error


def _beside(bench: Bench, name: str) -> Path:
    """The file `name` beside the bench file; for the text of a simulated bench that was written
    elsewhere (with faults, say) the one beside our simulated benches."""
    own = bench.path.parent / name
    if bench.simulated and not own.exists() and has_simulated_bench(bench.name):
        return simulated_bench(bench.name).parent / name
    return own
