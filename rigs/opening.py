"""Opening a bench: real instruments at their addresses, or emulators in a simulated world.

The only file of the rigs that knows the simulation. A real bench is always named; without a name
a rig gets its own simulated bench, and a bench with a real address never gets an emulator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drivers.driver import Driver
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.links.trace import TraceWriter
from labctl import clock
from labctl.errors import BenchError, UsageError
from labctl.labs import SampleRequest
from labctl.outside import require_step
from labctl.platform.sockets import listen_locally
from labctl.sample import Sample
from rigs.assembly import assemble, check_roles, driver_class, limits_of
from rigs.bench import Bench, load_bench
from rigs.bench_entries import SimEntry
from rigs.bench_kind import SIM_PROGRAM
from rigs.benches import has_simulated_bench, simulated_bench
from rigs.certificates import answered, stated
from rigs.dossier import DossierRig
from rigs.dossier_folder import opened_dossier, simulated_folder
from rigs.hazard import check_hazard
from rigs.identifying import identified, make_safe
from rigs.interlocks import watches_of
from rigs.kept import Kept
from rigs.offline import opened_offline
from rigs.opened import Opened, watchdogs_among
from rigs.options import configured

if TYPE_CHECKING:
    from sim_backends.bench import SimBench
    from sim_backends.faults import Fault


async def open_bench(
    bench: Path | None,
    *,
    rig: type,
    sample: SampleRequest | None,
    seed: int,
    trace: Path | None = None,
    offline: bool = False,
) -> Opened:
    """Open the bench file `bench` (None: the rig's own simulated bench) for the class `rig`.

    Every role is identified. `BenchError` names what is wrong in the file, `LinkError` and
    `InstrumentError` name the address. Where it fails half way, what was identified is made safe
    and every line is closed before the error leaves. For a document indicator `bench` is the
    dossier's folder (None: a simulated dossier). Every line is traced into the folder `trace`.
    `offline`: no line is opened, and the drivers refuse to send anything.
    """
    if not issubclass(rig, DossierRig):
        found = load_bench(bench or simulated_bench(rig.name))
        if offline:
            return opened_offline(found, rig)
        return await open_found(found, rig=rig, sample=sample, seed=seed, trace=trace)
    lines = AsyncExitStack()
    try:
        return opened_dossier(bench or _simulated_dossier(sample, seed, lines), lines)
    except BaseException:
        await lines.aclose()
        raise


async def open_found(
    bench: Bench,
    *,
    rig: type,
    sample: SampleRequest | None,
    seed: int,
    trace: Path | None = None,
) -> Opened:
    """As `open_bench`, for a bench file that was read already."""
    lines = AsyncExitStack()
    try:
        return await _open(bench, rig, sample, seed, lines, trace)
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
    check_hazard(bench, rig)
    certificates = stated(bench)
    sample: Sample | None = None
    sim: SimBench | None = None
    if bench.simulated:
        sample, sim = _simulate(bench, rig, request, seed, lines)
    drivers = await _open_roles(bench, rig, sim, lines, trace)
    instruments = await identified(bench, drivers)
    try:
        own = answered(bench, certificates, instruments)
        assembled = assemble(bench, rig, drivers)
    except BenchError as error:
        await make_safe(drivers, error)
        raise
    return Opened(
        rig=assembled,
        instruments=instruments,
        sample=sample,
        simulated=bench.simulated,
        bench_name=bench.name,
        bench_text=bench.text,
        contributions=bench.contributions(),
        lines=lines,
        world=None if sim is None else _kept(sim, drivers),
        watches=watches_of(bench, assembled),
        watchdogs=() if bench.simulated else watchdogs_among(drivers),
        scan_sample=bench.scan_sample,
        certificates=own,
        ambient=bench.surroundings,
        distributions=bench.distributions(),
    )


def _kept(sim: SimBench, drivers: Mapping[str, Driver]) -> Kept:
    from sim_backends.snapshot.graph import Graph

    return Kept(sim, Graph(drivers, staying=("drivers.links.", "asyncio.")))


async def _open_roles(
    bench: Bench, rig: type, sim: SimBench | None, lines: AsyncExitStack, trace: Path | None
) -> dict[str, Driver]:
    """A driver for every role, in the file's order; nothing is sent to the instruments yet."""
    doors = doors_of(bench, sim)
    drivers: dict[str, Driver] = {}
    for role, entry in bench.roles.items():
        found = configured(bench, role, driver_class(bench, role, rig))
        limits = limits_of(bench, role, found)
        address = entry.address if sim is None else sim.address(role)
        try:
            tap = _tap(trace, role)
            link = await open_link(address, doors, found.settings, tap, require_step)
        except UsageError as error:
            raise bench.wrong(("roles", role, "address"), error.message, error.remedy) from error
        lines.push_async_callback(link.close)
        drivers[role] = found(link, limits)
    return drivers


def doors_of(bench: Bench, sim: SimBench | None) -> Doors:
    """Where the libraries find the instruments of `bench`; `sim` has those of a simulated one."""
    if sim is None:
        return Doors(vendor_library=bench.visa.library)
    client, scanner = sim.bleak_backends or (None, None)
    return Doors(True, sim.visa_library, bleak_backend=client, bleak_scanner=scanner)


def _tap(trace: Path | None, role: str) -> TraceWriter | None:
    return None if trace is None else TraceWriter(trace / f"{role}.jsonl")


def _simulate(
    bench: Bench, rig: type, request: SampleRequest | None, seed: int, lines: AsyncExitStack
) -> tuple[Sample | None, SimBench]:
    """A sample with the true figures that are asked for, in a simulated world.

    Without a request there is no sample, in a world that brings its own devices.
    """
    from sim_backends.modules import example_device
    from sim_backends.solving import solve

    entry = bench.sim or SimEntry()
    if request is not None:
        world = _solving(entry, rig)
        solved = solve(world, request.indicator_id, request.truth, seed=seed)
        device, sample = solved.device, Sample(**solved.sheet)
    else:
        device, sample = example_device(entry.world, seed), None
        if device is not None:
            raise UsageError(
                f"the bench {bench.name} is simulated and was opened without a sample",
                remedy="say which indicator's sample is to be simulated",
            )
    sim = simulated(bench, entry, device, seed)
    lines.callback(sim.close)
    sim.open(clock.now())
    return sample, sim


def _solving(entry: SimEntry, rig: type) -> str:
    """The world that solves samples: the bench's, or on a bench that replays traces and has none
    that of the rig's own simulated bench, for the sheet."""
    if entry.world or not has_simulated_bench(rig.name):
        return entry.world
    own = load_bench(simulated_bench(rig.name)).sim
    return "" if own is None else own.world


def simulated(
    bench: Bench, entry: SimEntry, device: Any, seed: int, *, faulty: bool = False
) -> SimBench:
    """The simulated instruments of `bench`, in the world of its table `entry` with `device` in it.

    `faulty`: every instrument can be asked for faults while it runs. `BenchError` names the line
    of a fault that cannot be.
    """
    from sim_backends.bench import RoleSpec, SimBench

    roles = {
        name: RoleSpec(each.emulator, each.port, each.address, bench.trace_of(name))
        for name, each in bench.roles.items()
    }
    kind: Callable[..., SimBench] = SimBench
    if any(role.address == SIM_PROGRAM for role in bench.roles.values()):
        from drivers.links.programs import plug, unplug
        from sim_backends.program_bench import ProgramBench

        kind = partial(ProgramBench, plug=plug, unplug=unplug)
    return kind(
        entry.world,
        roles,
        device,
        seed,
        faults=_faults(bench, entry),
        faulty=faulty,
        listen=listen_locally,
    )


def _faults(bench: Bench, entry: SimEntry) -> dict[str, list[Fault]]:
    from sim_backends.fault_tables import faults

    found: dict[str, list[Fault]] = {}
    for index, table in enumerate(entry.faults):
        try:
            one = faults([table])
        except BenchError as error:
            key = ("sim", "faults", str(index))
            raise bench.wrong(key, error.message, error.remedy) from error
        for role, those in one.items():
            found.setdefault(role, []).extend(those)
    return found


def reach(
    bench: Path | None, *, rig: type, indicator_id: str, seed: int
) -> Mapping[str, tuple[float, float]]:
    """Lowest and highest true value of a simulated sample of `seed`, as `labctl.labs.Reach`."""
    from sim_backends.solving import reach

    if issubclass(rig, DossierRig):
        return {}
    entry = load_bench(bench or simulated_bench(rig.name)).sim
    return {} if entry is None else reach(_solving(entry, rig), indicator_id, seed=seed)


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
