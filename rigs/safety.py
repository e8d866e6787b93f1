"""Making a rig safe, or holding it: all is tried, and the failures come in one report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from drivers.driver import Driver
from labctl import clock
from labctl.errors import InstrumentError, LabError

Doing = Callable[[], Awaitable[None]]


INSIST = 30.0
"""Seconds in which a role that could not be made safe is tried again, and none begun after."""

WAIT = 1.0
"""Seconds before it is: a line that was pulled out or an instrument that restarts may be back."""


async def safe_all(roles: Mapping[str, Driver]) -> None:
    """Take every driver of `roles` to its safe state, in order; all are tried.

    Those that failed are tried again for half a minute, each with its line in a known state. One
    failure that is left is raised as it is; several as one `InstrumentError` that lists them.
    """
    begin = clock.now()
    failures = await _tried({role: driver.safe for role, driver in roles.items()})
    while failures and clock.now() - begin < INSIST:
        await clock.sleep(WAIT)
        failures = await _tried({role: _anew(roles[role]) for role in failures})
    _raise(failures, "safe")


async def try_all(doing: Mapping[str, Doing], state: str) -> None:
    """Do all that is to be done by role to come to `state`, in order; raises as `safe_all`."""
    _raise(await _tried(doing), state)


def _anew(driver: Driver) -> Doing:
    async def do() -> None:
        await driver.resync()
        await driver.safe()

    return do


async def _tried(doing: Mapping[str, Doing]) -> dict[str, LabError]:
    """What failed of it, by role."""
    failures: dict[str, LabError] = {}
    for role, do in doing.items():
        try:
            await do()
        except LabError as error:
            failures[role] = error
    return failures


def _raise(failures: Mapping[str, LabError], state: str) -> None:
    if len(failures) == 1:
        raise next(iter(failures.values()))
    if failures:
        raise InstrumentError(
            f"not known to be {state}: "
            + "; ".join(f"{role}: {error}" for role, error in failures.items()),
            address=", ".join(error.address for error in failures.values()),
            remedy="switch these instruments off by hand",
        )
