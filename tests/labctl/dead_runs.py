"""Runs whose process is dead, and a rescue that needs no instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from labctl import clock
from labctl.agreement import default
from labctl.catalogue import load
from labctl.errors import LabError
from labctl.record import RunRecorder
from labctl.requests import RunRequest
from labctl.rescuing import OnPowerReturn, RescueReport, RoleRescue, Tell
from labctl.runfolder import RunFolder, new_folder

BENCH = """name = "pv-9"
rig = "photovoltaic"
on_power_return = "resume"

[roles.source_meter]
driver = "keithley.k2450"
address = "tcp://192.0.2.1:5025"
"""


def dead_run(
    runs: Path,
    *,
    bench: Path | None = None,
    virtual: bool = False,
    indicator: str = "1.1-03",
    opened: bool = True,
    begun: bool = True,
    closed: bool = False,
) -> RunFolder:
    """A run of `indicator` that was killed, or `closed` in good order.

    `opened`: it had opened the bench file; `begun`: it had begun its item.
    """
    row = load().get(indicator)
    request = RunRequest((row.id,), (row,), default(), runs, bench=bench, virtual=virtual)

    async def live() -> RunFolder:
        with new_folder(runs, (row.id,)) as folder:
            recorder = RunRecorder(folder, request)
            recorder.begin()
            await clock.sleep(0.01)
            if begun:
                number = recorder.journal.item(row.id, row, "procedures.x", "")
                if opened and bench is not None:
                    text = bench.read_text(encoding="utf-8")
                    recorder.journal.bench("0" * 64, "pv-9", text)
                    recorder.journal.fact(number, "bench", ["pv-9", "0" * 64])
            if closed:
                recorder.end(whole=False)
            else:
                recorder.journal.close()
            return folder

    return clock.run(live(), virtual=virtual)


@dataclass
class FakeRescue:
    """A rescue that comes to `state`."""

    state: str = "safe"
    on_power_return: OnPowerReturn = "hold"
    bench_name: str = "pv-9"
    simulated: bool = False
    addresses: Mapping[str, str] = field(default_factory=lambda: {"smu": "tcp://192.0.2.1:5025"})
    problems: Mapping[str, LabError] = field(default_factory=dict[str, LabError])
    called: list[float] = field(default_factory=list[float])

    async def safe(
        self, deadline: float = 30.0, patience: float = 0.15, tell: Tell | None = None
    ) -> RescueReport:
        """Report what it is to come to."""
        self.called.append(deadline)
        error = {"message": "no answer", "remedy": "by hand"} if self.state != "safe" else None
        role = RoleRescue(
            role="smu",
            address="tcp://192.0.2.1:5025",
            state="safe" if error is None else "unreached",
            seconds=0.25,
            tries=1,
            error=error,
        )
        return RescueReport(bench=self.bench_name, roles=(role,), seconds=0.25)
