"""Who answers on a bench: every instrument identified, or none left as it was found."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.driver import Driver
from labctl.errors import LabError
from labctl.evidence import Instrument
from rigs.bench import Bench
from rigs.safety import safe_all


async def identified(bench: Bench, drivers: Mapping[str, Driver]) -> tuple[Instrument, ...]:
    """Identify every role of `bench`; the first failure is raised with the others as notes.

    What was identified is made safe then; an instrument that was not is sent nothing more.
    """
    known: dict[str, Driver] = {}
    failures: list[LabError] = []
    try:
        for role, driver in drivers.items():
            try:
                await driver.identify()
                known[role] = driver
            except LabError as error:
                error.add_note(f"while identifying {role}")
                failures.append(error)
        if failures:
            for other in failures[1:]:
                failures[0].add_note(f"also: {other}")
            raise failures[0]
    except BaseException as error:
        await make_safe(known, error)
        raise
    return tuple(
        Instrument(role, bench.roles[role].driver, driver.address, driver.identity)
        for role, driver in drivers.items()
    )


async def make_safe(drivers: Mapping[str, Driver], because: BaseException) -> None:
    """Make `drivers` safe `because` the bench cannot be opened; what fails is a note to it."""
    try:
        await safe_all(drivers)
    except LabError as error:
        because.add_note(f"while making the bench safe: {error}")
