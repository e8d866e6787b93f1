"""A run that another process writes: how far it is, and what it has read."""

from __future__ import annotations

from pathlib import Path

from labctl import clock
from labctl.journal import witness
from labctl.runfile import RunRecord


def under_way(runs: Path, enough: int) -> Path:
    """The folder of the run in `runs` when it has come so many transactions far."""

    async def wait() -> Path:
        while True:
            for folder in runs.glob("*/"):
                told = witness.told(folder / "journal.db")
                if told is not None and told.tx >= enough:
                    return folder
            await clock.sleep(0.02)

    return clock.run(wait(), virtual=False)


def read(run: RunRecord) -> dict[str, list[object]]:
    """Every reading of committed attempts of the only item of `run`, by channel."""
    (item,) = run.items
    return {channel: list(run.readings(item.id, channel)) for channel in sorted(item.channels)}
