"""Opening a bench: real instruments at their addresses, or emulators in a simulated world.

The only file of the rigs that knows the simulation. A real bench is always named; without a name
a rig gets its own simulated bench, and a bench with a real address never gets an emulator.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from drivers.driver import Driver
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.links.trace import TraceWriter
from labctl import clock
from labctl.errors import LabError, UsageError
from labctl.evidence import Instrument
from labctl.labs import SampleRequest
from labctl.sample import Sample
from rigs.assembly import assemble, check_roles, driver_class, limits_of
from rigs.bench import Bench, load_bench
from rigs.benches import simulated_bench
from rigs.dossier import DossierRig
from rigs.dossier_folder import opened_dossier, simulated_folder
from rigs.opened import Opened
from rigs.safety import safe_all

if TYPE_CHECKING:
    from sim_backends.bench import SimBench


async def open_bench(
    bench: Path | None,
    *,
    rig: type,
    sample: SampleRequest | None,
    seed: int,
    trace: Path | None = None,
) -> Opened:
    """Open the bench file `bench` (None: the rig's own simulated bench) for the class `rig`.

    Every role is identified. `BenchError` names what is wrong in the file, `LinkError` and
    `InstrumentError` name the address. Where it fails half way, what was identified is made safe
    and every line is closed before the error leaves. For a document indicator `bench` is the
    dossier's folder (None: a simulated dossier). Every line is traced into the folder `trace`.
    """
    lines = AsyncExitStack()
    try:
        if issubclass(rig, DossierRig):
            return opened_dossier(bench or _simulated_dossier(sample, seed, lines), lines)
        found = load_bench(bench or simulated_bench(rig.name))
        return await _open(found, rig, sample, seed, lines, trace)
    except BaseException:
        await lines.aclose()
        raise


async def _open(
    bench: Bench,
    rig: type,
    request: SampleRequest | None,
    seed: int,
    lines: AsyncExitStack,
    trace: Path | None,
) -> Opened:
    check_roles(bench, rig)
    sample: Sample | None = None
    sim: SimBench | None = None
    if bench.simulated:
        sample, sim = _simulate(bench, request, seed, lines)
    drivers = await _open_roles(bench, rig, sim, lines, trace)
    await _identify(drivers)
    return Opened(
        rig=assemble(bench, rig, drivers),
        instruments=_instruments(bench, drivers),
        sample=sample,
        simulated=bench.simulated,
        bench_name=bench.name,
        bench_text=bench.text,
        contributions=bench.contributions(),
        lines=lines,
    )


async def _open_roles(
    bench: Bench, rig: type, sim: SimBench | None, lines: AsyncExitStack, trace: Path | None
) -> dict[str, Driver]:
    """A driver for every role, in the file's order; nothing is sent to the instruments yet."""
    doors = _doors(bench, sim)
    drivers: dict[str, Driver] = {}
    for role, entry in bench.roles.items():
        found = driver_class(bench, role, rig)
        limits = limits_of(bench, role, found)
        address = entry.address if sim is None else sim.address(role)
        try:
            link = await open_link(address, doors, found.settings, _tap(trace, role))
        except UsageError as error:
            raise bench.wrong(("roles", role, "address"), error.message, error.remedy) from error
        lines.push_async_callback(link.close)
        drivers[role] = found(link, limits)
    return drivers


def _doors(bench: Bench, sim: SimBench | None) -> Doors:
    if sim is None:
        return Doors(vendor_library=bench.visa.library)
    client, scanner = sim.bleak_backends or (None, None)
    return Doors(True, sim.visa_library, bleak_backend=client, bleak_scanner=scanner)


def _tap(trace: Path | None, role: str) -> TraceWriter | None:
    return None if trace is None else TraceWriter(trace / f"{role}.jsonl")


async def _identify(drivers: dict[str, Driver]) -> None:
    """Identify every role; the first failure is raised with the others as notes.

    What was identified is made safe then; an instrument that was not is sent nothing more.
    """
    identified: dict[str, Driver] = {}
    failures: list[LabError] = []
    try:
        for role, driver in drivers.items():
            try:
                await driver.identify()
                identified[role] = driver
            except LabError as error:
                error.add_note(f"while identifying {role}")
                failures.append(error)
        if failures:
            for other in failures[1:]:
                failures[0].add_note(f"also: {other}")
            raise failures[0]
    except BaseException as error:
        await _make_safe(identified, error)
        raise


async def _make_safe(drivers: dict[str, Driver], because: BaseException) -> None:
    try:
        await safe_all(drivers)
    except LabError as error:
        because.add_note(f"while making the bench safe: {error}")


def _instruments(bench: Bench, drivers: dict[str, Driver]) -> tuple[Instrument, ...]:
    return tuple(
        Instrument(role, bench.roles[role].driver, driver.address, driver.identity)
        for role, driver in drivers.items()
    )


def _simulate(
    bench: Bench, request: SampleRequest | None, seed: int, lines: AsyncExitStack
) -> tuple[Sample, SimBench]:
    """A sample with the true figures that are asked for, in a simulated world."""
    from sim_backends.bench import RoleSpec, SimBench
    from sim_backends.duts import solve

    if request is None or bench.sim is None:
        raise UsageError(
            f"the bench {bench.name} is simulated and was opened without a sample",
            remedy="say which indicator's sample is to be simulated",
        )
    solved = solve(request.indicator_id, request.truth, seed=seed)
    roles = {
        name: RoleSpec(entry.emulator, entry.port, entry.address)
        for name, entry in bench.roles.items()
    }
    sim = SimBench(bench.sim.world, roles, solved.device, seed)
    lines.callback(sim.close)
    sim.open(clock.now())
    return Sample(**solved.sheet), sim


def _simulated_dossier(request: SampleRequest | None, seed: int, lines: AsyncExitStack) -> Path:
    """A folder with a simulated dossier for the indicator, gone when the bench is closed."""
    import msgspec

    from labctl.catalogue import load
    from sim_backends.dossier import write

    if request is None:
        raise UsageError("a dossier is needed", remedy="name its folder with --dossier")
    indicator = load().get(request.indicator_id)
    folder = simulated_folder(lines)
    write(
        folder,
        indicator.id,
        [msgspec.to_builtins(row) for row in indicator.criteria],
        [msgspec.to_builtins(row) for row in indicator.conditions],
        dut=request.dut,
        seed=seed,
    )
    return folder
