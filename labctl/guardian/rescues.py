"""What the guardian needs to make the bench of a run safe, loaded before the run begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labctl.control.job import Job
from labctl.discovery import procedure_for
from labctl.errors import BenchError, LabError
from labctl.rehearsing import Certificate
from labctl.rescuing import Rescue, RescueReport

PARTS = "; "


@dataclass(frozen=True)
class Rescues:
    """The rescue of a run's bench, once for each class of rig that its items use it as."""

    rescues: tuple[Rescue, ...]

    @property
    def addresses(self) -> Mapping[str, str]:
        """Role -> address of everything that is not simulated in the worker."""
        return {
            role: address
            for rescue in self.rescues
            if not rescue.simulated
            for role, address in rescue.addresses.items()
        }

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """The calibrations of what is not simulated in the worker."""
        real = [rescue for rescue in self.rescues if not rescue.simulated]
        return tuple(dict.fromkeys(one for rescue in real for one in rescue.certificates))

    async def safe(self) -> tuple[RescueReport, ...]:
        """Make everything safe; what could not be reached stands in the reports."""
        return tuple([await rescue.safe() for rescue in self.rescues])


def load(job: Job) -> Rescues:
    """The rescues of the bench of `job`, all their code loaded.

    Where the bench is not named every instrument is simulated in the worker, and there is nothing
    to do. `BenchError` where a role of it could not be made safe as its file stands.
    """
    found: dict[tuple[str, type], Rescue] = {}
    for indicator in job.items:
        bound = procedure_for(indicator)
        if bound is None or job.bench is None or indicator.evidence == "document":
            continue
        key = (bound.lab.name, bound.procedure.rig)
        if bound.lab.rescue is None:
            raise BenchError(
                f"the lab {bound.lab.name} cannot make its benches safe from another process",
                remedy="let its Lab state a rescue (docs/guarded-runs.md)",
            )
        if key not in found:
            found[key] = bound.lab.rescue(job.bench, bound.procedure.rig)
    for rescue in found.values():
        _refuse(rescue)
    return Rescues(tuple(found.values()))


def told(reports: tuple[RescueReport, ...]) -> str:
    """What became of the instruments, in words."""
    return PARTS.join(report.told() for report in reports)


def are_safe(reports: tuple[RescueReport, ...]) -> bool:
    """Whether every instrument is known to be safe."""
    return all(report.is_safe for report in reports)


def _refuse(rescue: Rescue) -> None:
    problems: list[LabError] = list(rescue.problems.values())
    if problems:
        for other in problems[1:]:
            problems[0].add_note(f"also: {other}")
        raise problems[0]
