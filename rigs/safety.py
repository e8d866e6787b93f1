"""Making a rig safe: every role is tried, and the failures come in one report."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.driver import Driver
from labctl.errors import InstrumentError, LabError


async def safe_all(roles: Mapping[str, Driver]) -> None:
    """Take every driver of `roles` to its safe state, in order; all are tried.

    One failure is raised as it is; several are raised as one `InstrumentError` that lists them.
    """
    failures: list[tuple[str, LabError]] = []
    for role, driver in roles.items():
        try:
            await driver.safe()
        except LabError as error:
            failures.append((role, error))
    if len(failures) == 1:
        raise failures[0][1]
    if failures:
        raise InstrumentError(
            "not known to be safe: " + "; ".join(f"{role}: {error}" for role, error in failures),
            address=", ".join(error.address for _, error in failures),
            remedy="switch these instruments off by hand",
        )
