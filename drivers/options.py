"""What a bench file tells a driver beside its limits: the table `options` of a role.

A driver that takes options has a class method `configured`, which checks them; `ValueError` says
what is wrong with one. Secrets come from outside the file: `password = {env = "NAME"}`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from drivers.driver import Driver
from drivers.links.settings import LinkSettings


@dataclass
class Configured:
    """A driver's class with its options in place: `make` takes a link and limits."""

    settings: LinkSettings
    limit_units: Mapping[str, str]
    make: Callable[[Any, Mapping[str, float]], Driver]

    def __call__(self, link: Any, limits: Mapping[str, float]) -> Driver:
        """A driver at the end of `link` with the bench's limits, in `limit_units`."""
        return self.make(link, limits)


@runtime_checkable
class Configurable(Protocol):
    """A driver's class that takes options."""

    def configured(self, options: Mapping[str, Any]) -> Configured:
        """The class with `options` in place; `ValueError` for one that is wrong."""
        ...


class Options:
    """A role's options by name; `ValueError` for one that is not `known`, or not of its kind."""

    def __init__(self, options: Mapping[str, Any], known: Iterable[str]) -> None:
        self._options = dict(options)
        names = list(known)
        for name in self._options:
            if name not in names:
                raise ValueError(f"unknown option {name!r}; known: {', '.join(names)}")

    def text(self, name: str, default: str) -> str:
        """The text `name`, without line ends."""
        value = self._options.get(name, default)
        if not isinstance(value, str) or not value.isprintable():
            raise ValueError(f"{name} is no line of text")
        return value

    def whole(self, name: str, default: int) -> int:
        """The whole number `name`."""
        value = self._options.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{name} is no whole number, but {value!r}")
        return value

    def tables(self, name: str) -> list[Mapping[str, Any]]:
        """The tables `name`; none where there is no such option."""
        value = self._options.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise ValueError(f"{name} is no list of tables")
        return value


def finite(value: object, what: str) -> float:
    """`value` as a finite number; `ValueError` names `what` it should be."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{what} is no finite number, but {value!r}")
    return float(value)
