"""Which roles a driver fits: the Protocols of a roles folder, and their methods' arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from drivers.conformance.folder import OURS, package_path
from drivers.driver import Driver
from labctl.errors import BenchError

Method = Callable[..., Any]


@cache
def roles(package: str) -> tuple[type, ...]:
    """Every role that the drivers package may fit: ours, and those of its own folder `roles`."""
    found = [*_roles_in(f"{OURS}.roles")]
    if package != OURS:
        found += _roles_in(f"{package}.roles")
    return tuple(dict.fromkeys(found))


def _roles_in(package: str) -> Iterator[type]:
    try:
        path = package_path(package)
    except BenchError:
        return  # a lab need not have roles of its own
    for module in iter_modules([str(path)]):
        for _, kind in inspect.getmembers(import_module(f"{package}.{module.name}")):
            if isinstance(kind, type) and is_role(kind):
                yield kind


def is_role(kind: type) -> bool:
    """Whether `kind` is a Protocol of drivers that asks for more than every driver has."""
    return Protocol in kind.__mro__ and Driver in kind.__mro__ and kind is not Driver


@cache
def asked(role: type) -> dict[str, Method]:
    """What a role asks for, by name."""
    return {
        name: member
        for kind in role.__mro__
        if Protocol in kind.__mro__
        for name, member in inspect.getmembers_static(kind, inspect.isfunction)
        if not name.startswith("_")
    }


def fits(driver: type, role: type) -> bool:
    """Whether `driver` has every method of `role`, taking at least the same arguments."""
    own = _methods(driver)
    return all(
        name in own and _takes_as_much(own[name], member) for name, member in asked(role).items()
    )


@cache
def _methods(driver: type) -> dict[str, Method]:
    return dict(inspect.getmembers(driver, callable))


def _takes_as_much(own: Method, member: Method) -> bool:
    if inspect.iscoroutinefunction(own) != inspect.iscoroutinefunction(member):
        return False
    return _parameters(member) <= _parameters(own)


@cache
def _parameters(method: Method) -> frozenset[tuple[str, Any]]:
    """Names and kinds of a method's parameters."""
    parameters = inspect.signature(method).parameters.values()
    return frozenset((one.name, one.kind) for one in parameters)


def public(driver: type) -> dict[str, Method]:
    """A driver's public methods."""
    return {
        name: member
        for name, member in inspect.getmembers(driver, inspect.isfunction)
        if not name.startswith("_")
    }
