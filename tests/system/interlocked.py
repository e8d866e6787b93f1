"""The simulated photovoltaic bench under interlocks: its file, its faults, a desk that looks on."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from labctl.desk import LocalDesk, Notice, Take
from labctl.orders import Abort, Continue
from labctl.requests import Progress, RunOutcome
from labctl.runfile import open_run
from rigs.benches import simulated_bench
from sim_backends.worlds.photovoltaic_ports import HotChuck
from tests.system.photovoltaic_bench import Benches, energy

HOUR = 3600.0
TOLD = ("hold", "released", "trip")
"""Kinds of notices that an interlock causes by itself."""

HEAT = """
[[interlocks]]
name = "heat"
watch = "chuck.temperature"
above = {{ value = 70, unit = "degC" }}
clear = {{ value = 55, unit = "degC" }}
action = "{action}"
every = {{ value = {every}, unit = "s" }}
lost_after = {{ value = {lost_after}, unit = "s" }}
settle = {{ value = 120, unit = "s" }}
{more}
"""


def bench_with(folder: Path, text: str, bench: str = "photovoltaic") -> Path:
    """A bench file: the simulated bench of that name with `text` after it."""
    path = folder / "bench.toml"
    whole = simulated_bench(bench).read_text(encoding="utf-8")
    path.write_text(whole + text, encoding="utf-8")
    return path


def heat(
    folder: Path,
    action: str = "hold",
    every: float = 60.0,
    lost_after: float = 180.0,
    more: str = "",
) -> Path:
    """A bench whose chuck may not be hotter than 70 degC; every and lost_after in s."""
    text = HEAT.format(action=action, every=every, lost_after=lost_after, more=more)
    return bench_with(folder, text)


def runaway(monkeypatch: pytest.MonkeyPatch, hot: Callable[[float], bool]) -> None:
    """The chuck's heater relay sticks while `hot`(run time in s): it heats with full power."""
    whole = HotChuck.heat

    def stuck(self: HotChuck, power: float, t: float) -> None:
        whole(self, 1.0 if hot(t) else power, t)

    monkeypatch.setattr(HotChuck, "heat", stuck)


def loose(monkeypatch: pytest.MonkeyPatch, off: Callable[[float], bool]) -> None:
    """The chuck's sensor reads 60 degC too much while `off`(run time in s)."""
    whole = HotChuck.temperature

    def wrong(self: HotChuck, t: float) -> float:
        return whole(self, t) + (60.0 if off(t) else 0.0)

    monkeypatch.setattr(HotChuck, "temperature", wrong)


@dataclass
class LookingDesk(LocalDesk):
    """Notes what the bench puts out when the run is told of, and lets it go on where a person has
    to, `answers` s later; at run time `aborts` in s it ends the run."""

    benches: Benches
    answers: float = 600.0
    aborts: float = math.inf
    seen: list[tuple[str, float, str, Mapping[str, bool]]] = field(default_factory=list)
    take: Take | None = None

    def tell(self, progress: Progress) -> None:
        """Nobody looks."""

    def notice(self, notice: Notice) -> None:
        """Note it with the energy by role, if an interlock says it."""
        if notice.kind not in TOLD:
            return
        text = str(notice.text)
        self.seen.append((notice.kind, notice.t, text, energy(self.benches)))
        if "a person lets" in text and self.take is not None:
            asyncio.get_running_loop().call_later(self.answers, self.take, Continue("Li"))

    def attend(self, take: Take | None) -> None:
        """Give orders to `take`."""
        self.take = take
        if take is not None and self.aborts < math.inf:
            asyncio.get_running_loop().call_later(self.aborts, take, Abort("Li"))

    @property
    def kinds(self) -> list[str]:
        """The kinds of what it was told."""
        return [kind for kind, *_ in self.seen]

    def at(self, kind: str) -> float:
        """Run time in s at which it was first told of `kind`."""
        return next(t for known, t, *_ in self.seen if known == kind)

    def energy_at(self, kind: str) -> Mapping[str, bool]:
        """What the bench put out when it was last told of `kind`, by role."""
        return next(out for known, _, _, out in reversed(self.seen) if known == kind)


def events(outcome: RunOutcome) -> list[tuple[str, str]]:
    """(kind, text) of what an interlock caused, and a person, in the only item."""
    found = open_run(outcome.path).items[0].events
    return [(event.kind, event.text) for event in found if event.kind in (*TOLD, "continued")]
