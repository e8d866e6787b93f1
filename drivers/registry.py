"""From a driver's name in a bench file to its class.

`keithley.k2450` is `drivers/keithley/k2450.py`; a lab's own driver is named in full,
`acme_lab.drivers.x`. The module says which class it offers: `DRIVER = Keithley2450`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from drivers.driver import Driver
from drivers.links.settings import LinkSettings
from labctl.errors import BenchError

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class DriverClass(Protocol):
    """What a module offers as `DRIVER`: how it wants its line, which limits it knows, itself."""

    settings: LinkSettings
    limit_units: Mapping[str, str]

    def __call__(self, link: Any, limits: Mapping[str, float]) -> Driver:
        """A driver at the end of `link` with the bench's limits, in `limit_units`."""
        ...


def load_driver(name: str) -> DriverClass:
    """The class of driver `name`; `BenchError` says what is wrong with the name or its module."""
    module = import_module(_module_name(name))
    if "DRIVER" not in vars(module):
        raise BenchError(
            f"{module.__name__} offers no driver",
            remedy="let the module end with DRIVER = <its class>",
        )
    return module.DRIVER


def _module_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BenchError(
            f"{name!r} is no name of a driver",
            remedy="write vendor.model, such as keithley.k2450",
        )
    for candidate in (f"drivers.{name}", name):
        if _exists(candidate):
            return candidate
    raise BenchError(
        f"there is no driver {name!r}",
        remedy="see drivers/<vendor>/<model>.py, or install the lab's package that has it",
    )


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
