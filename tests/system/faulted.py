"""A driver on its simulated instrument while a fault acts: what it reads, or which error it raises.

The role is one of the bench `reference`; the readings asked for are those of the roles that the
driver fits which need no argument.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from drivers.conformance.fitting import asked, fits, roles
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.links.settings import AttributeSettings
from drivers.links.trace import TraceWriter
from drivers.registry import load_driver
from drivers.roles.arrays import ReadingArray
from drivers.roles.optical_spectrum_analyzer import OpticalSpectrumAnalyzer
from drivers.roles.source_meter import SourceMeter
from labctl import clock
from labctl.errors import LabError
from labctl.evidence import Reading
from labctl.platform.sockets import listen_locally
from rigs.bench import Bench, load_bench
from rigs.benches import simulated_bench
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.faults import Fault

PAUSES = (0.0, 1.0, 240.0)
"""Seconds waited before each round of readings; the last is longer than any warm-up."""

VOLTS, AMPERES = 0.5, 2e-3
"""What a source meter is told to source, and its compliance: without it nothing is measured."""

SPAN, RESOLUTION = (1549e-9, 1551e-9), 0.05e-9
"""What a spectrum analyser is told to sweep, in m: without a sweep it has no peak."""

PATIENCE = 3600.0
"""Run time in s after which a driver counts as hanging."""


@cache
def bench() -> Bench:
    """The bench `reference`."""
    return load_bench(simulated_bench("reference"))


@cache
def tried() -> tuple[str, ...]:
    """Its roles that answer; those on topics only where MQTT keeps virtual time.

    Instruments that write files are asked nothing and answer nothing: their faults are tried in
    test_reference_files.py, against the hashes of the files as they were meant.
    """
    local = listen_locally()
    if local is not None:
        local.close()
    return tuple(
        role
        for role, entry in bench().roles.items()
        if entry.address != "sim:files" and (local is not None or entry.address != "sim:mqtt")
    )


@cache
def patience(role: str) -> tuple[float, float]:
    """Time-out of one answer in s, and the silence in s after which none is waited for."""
    settings: Any = load_driver(bench().roles[role].driver).settings
    quiet = 0.0 if isinstance(settings, AttributeSettings) else settings.quiet
    return settings.timeout, quiet


@cache
def readings(driver: str) -> tuple[str, ...]:
    """Names of the driver's methods that read something and need no argument."""
    kind: Any = load_driver(driver)
    names = {
        name: None
        for role in roles("drivers")
        if fits(kind, role)
        for name, member in asked(role).items()
        if _needs_nothing(member) and _holds_readings(get_type_hints(member).get("return"))
    }
    return tuple(names)


def _needs_nothing(method: Callable[..., Any]) -> bool:
    _, *parameters = inspect.signature(method).parameters.values()
    free = all(one.default is not inspect.Parameter.empty for one in parameters)
    return free and inspect.iscoroutinefunction(method)


def _holds_readings(hint: Any) -> bool:
    if hint is Reading:
        return True
    if hint is ReadingArray:  # compared nowhere: a fault is held to single readings
        return False
    parts = list(getattr(hint, "__args__", ()))
    if dataclasses.is_dataclass(hint):
        parts += get_type_hints(hint).values()
    return any(_holds_readings(part) for part in parts)


def flat(name: str, value: Any) -> Iterator[tuple[str, Reading]]:
    """(name, reading) of every reading in an answer: `input.voltage`, `cell_voltages.0`."""
    if isinstance(value, Reading):
        yield name, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from flat(name, dataclasses.asdict(value))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from flat(f"{name}.{key}", part)
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from flat(f"{name}.{index}", part)


@dataclass(frozen=True)
class Failed:
    """The call `name` raised `error`; whether the instrument had answered anything in it."""

    name: str
    error: Exception
    answered: bool


@dataclass
class Outcome:
    """What came of one session: readings by name, errors, and how often the instrument answered."""

    read: dict[str, list[Reading]] = field(default_factory=dict[str, list[Reading]])
    errors: list[Failed] = field(default_factory=list[Failed])
    answers: int = 0


def session(
    role: str, seed: int, faults: Iterable[Fault] = (), trace: TraceWriter | None = None
) -> Outcome:
    """Identify the driver of `role` and read everything in rounds, with `faults` from the start.

    Every transaction is written into `trace`.
    """
    entry = bench().roles[role]
    spec = RoleSpec(entry.emulator, entry.port, entry.address)
    return _held("reference", role, spec, seed, list(faults), trace)


def replayed(role: str, trace: Path) -> Outcome:
    """The same session on what was recorded in `trace`."""
    spec = RoleSpec("replay", "", bench().roles[role].address, trace)
    return _held("", role, spec, 1, [], None)


def _held(
    world: str,
    role: str,
    spec: RoleSpec,
    seed: int,
    faults: list[Fault],
    trace: TraceWriter | None,
) -> Outcome:
    sim = SimBench(
        world, {role: spec}, None, seed, faults={role: faults}, faulty=True, listen=listen_locally
    )
    outcome = Outcome()

    async def main() -> None:
        sim.open(clock.now())
        try:
            await _driven(Caller(sim, role, outcome), bench().roles[role].driver, trace)
        finally:
            outcome.answers = sim.transactions(role)
            sim.close()

    clock.run(main(), virtual=True)
    return outcome


@dataclass(frozen=True)
class Caller:
    """Calls the driver of `role` and notes in `outcome` what comes of it."""

    sim: SimBench
    role: str
    outcome: Outcome

    async def told(self, name: str, call: Callable[[], Awaitable[Any]]) -> Any:
        """What `call` returns; None where it raised."""
        began, before = clock.now(), self.sim.transactions(self.role)
        try:
            return await call()
        except LabError as error:
            answered = self.sim.transactions(self.role) > before
            self.outcome.errors.append(Failed(name, error, answered))
            return None
        finally:
            took = clock.now() - began
            if took > PATIENCE:
                hanging = TimeoutError(f"took {took:g} s")
                self.outcome.errors.append(Failed(name, hanging, answered=False))

    async def read(self, driver: Any, methods: Iterable[str]) -> None:
        """One round of readings."""
        if fits(type(driver), SourceMeter):
            await self.told("source", lambda: _source(driver))
        for method in methods:
            if method == "peak" and fits(type(driver), OpticalSpectrumAnalyzer):
                await self.told("sweep", lambda: _swept(driver))
            # The methods are those that a role asks for, found by `readings`.
            answer = await self.told(method, getattr(driver, method))
            for quantity, reading in flat(method, answer):
                self.outcome.read.setdefault(quantity, []).append(reading)


async def _driven(caller: Caller, name: str, trace: TraceWriter | None) -> None:
    sim = caller.sim
    client, scanner = sim.bleak_backends or (None, None)
    doors = Doors(True, sim.visa_library, bleak_backend=client, bleak_scanner=scanner)
    kind = load_driver(name)
    link = await open_link(sim.address(caller.role), doors, kind.settings, trace)
    driver: Any = kind(link, {})
    try:
        # A second try is what an operator does; a driver that cannot be identified reads nothing.
        if await caller.told("identify", driver.identify) is None:
            await caller.told("resync", driver.resync)
            if await caller.told("identify", driver.identify) is None:
                return
        for pause in PAUSES:
            await clock.sleep(pause)
            await caller.read(driver, readings(name))
    finally:
        await driver.close()


async def _swept(analyser: Any) -> None:
    await analyser.set_span(*SPAN)
    await analyser.set_resolution(RESOLUTION)
    await analyser.sweep()


async def _source(meter: Any) -> None:
    await meter.source_voltage(VOLTS, compliance=AMPERES)
    await meter.output(True)
