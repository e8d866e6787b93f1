"""Rules of a driver as a class and at the end of a line that answers nothing or nonsense."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from drivers.conformance.fitting import fits, public, roles
from drivers.conformance.folder import Subject
from drivers.conformance.odd_links import Odd
from drivers.conformance.quality import quality
from drivers.conformance.sheets import wrong_line
from drivers.conformance.words import UNIT
from drivers.driver import Driver
from labctl import clock
from labctl.errors import Defect, InstrumentError, LabError, LinkError
from labctl.evidence import Accuracy, Reading

T = TypeVar("T")
NO_SAFE_STATE = "drives nothing"
"""What `safe` of an instrument that can only read says of itself: there is no state to read."""

SILENT, GARBAGE = False, True


def fits_a_role(subject: Subject) -> Iterator[str]:
    """The module offers one driver, a class of its own, that fits a role."""
    kind: Any = subject.kind
    module = subject.folder.module(subject.name)
    if not isinstance(kind, type):
        yield "DRIVER is no class"
        return
    if kind.__module__ != module:
        yield f"DRIVER is a class of {kind.__module__}, not of {module}"
    if not fits(kind, Driver):
        yield "it is no drivers.driver.Driver: a method or an argument is missing"
    elif not any(fits(kind, role) for role in roles(subject.folder.package)):
        yield "it fits no role: a method of the role, or one of its arguments, is missing"


def states_its_accuracies(subject: Subject) -> Iterator[str]:
    """The data sheet stands in the class, each line once, with a source and finite figures."""
    kind: Any = subject.kind
    lines: tuple[Accuracy, ...] = kind.accuracies
    entry = quality(subject.folder).get(subject.name)
    if not lines and not (entry and "sheet" in entry.exemptions):
        yield "it states no accuracy"
    keys = [(line.function, line.range, line.resolution) for line in lines]
    for key in {key for key in keys if keys.count(key) > 1}:
        yield f"two lines of accuracy for {key}"
    for line in lines:
        yield from wrong_line(line)


def says_its_units(subject: Subject) -> Iterator[str]:
    """Every public method has a docstring; where it takes or gives quantities, with a unit."""
    kind: Any = subject.kind
    for name, method in public(kind).items():
        doc = inspect.getdoc(method)
        if not doc:
            yield f"{name} has no docstring"
        elif _is_physical(method):
            module = inspect.getmodule(method)
            around = f"{doc}\n{module.__doc__ if module else ''}\n{kind.__doc__}"
            if not UNIT.search(around):
                yield f"{name} names no unit"


def _is_physical(method: Callable[..., Any]) -> bool:
    signature = inspect.signature(method)
    annotations = [str(one.annotation) for one in signature.parameters.values()]
    return "float" in " ".join(annotations) or Reading.__name__ in str(signature.return_annotation)


def identifies_nobody(subject: Subject) -> Iterator[str]:
    """Where nothing sensible answers nobody is identified, and the error names the address."""
    for answers in (SILENT, GARBAGE):
        driver, link = _made(subject, answers)
        error = _failure(driver.identify)
        if error is None:
            yield f"identify() is content with {_line(answers)}"
        elif error.address != link.address:
            yield f"identify() on {_line(answers)} names no address: {error}"
        try:
            identity = driver.identity
        except Defect:
            continue
        yield f"after {_line(answers)} it has an identity: {identity}"


def claims_no_safe_state(subject: Subject) -> Iterator[str]:
    """`safe` is not claimed without a reading back, unless the instrument drives nothing."""
    kind: Any = subject.kind
    if NO_SAFE_STATE in " ".join((inspect.getdoc(kind.safe) or "").split()):
        return
    for answers in (SILENT, GARBAGE):
        driver, _ = _made(subject, answers)
        if _failure(driver.safe) is None:
            yield (
                f"safe() is content with {_line(answers)}; where there is no state to read back "
                f"its docstring says that the instrument {NO_SAFE_STATE}"
            )


def gives_the_line_back(subject: Subject) -> Iterator[str]:
    """`resync` on a dead line ends, and `close` gives the line back."""
    driver, link = _made(subject, SILENT)
    error = _failure(driver.resync)
    if error is not None and error.address != link.address:
        yield f"resync() names no address: {error}"
    _run(driver.close)
    if link.closed != 1:
        yield f"close() closed the line {link.closed} times"
    if driver.address != link.address:
        yield f"its address is {driver.address!r}, the line's is {link.address!r}"


def _made(subject: Subject, answers: bool) -> tuple[Driver, Odd]:
    link = Odd(answers=answers)
    return subject.kind(link, {}), link


def _line(answers: bool) -> str:
    return "a line of garbage" if answers else "a silent line"


def _failure(call: Callable[[], Awaitable[object]]) -> LabError | None:
    """The line's or the instrument's error that `call` ends with; any other is not caught."""
    try:
        _run(call)
    except (InstrumentError, LinkError) as error:
        return error
    return None


def _run(call: Callable[[], Awaitable[T]]) -> T:
    async def body() -> T:
        return await call()

    return clock.run(body(), virtual=True)


Rule = Callable[[Subject], Iterable[str]]
RULES: Mapping[str, Rule] = {
    "fits a role": fits_a_role,
    "states its accuracies": states_its_accuracies,
    "says its units": says_its_units,
    "identifies nobody where nothing sensible answers": identifies_nobody,
    "claims no safe state without a reading back": claims_no_safe_state,
    "gives the line back": gives_the_line_back,
}
"""What each driver must keep, by a short name."""
