"""Serving a simulated bench on real sockets and pseudo-terminals, for others' drivers; and its
emulators one by one, for checks of conformance.

Beside `opening.py` the only file of the rigs that knows the simulation. It opens no bench for a
procedure: who connects is another process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from labctl.errors import BenchError
from labctl.platform import pty
from labctl.serving import Report, ServeRequest
from rigs.bench import Bench, load_bench
from rigs.benches import simulated_bench
from rigs.opening import simulated

if TYPE_CHECKING:
    from sim_backends.bench import SimBench
    from sim_backends.conformance.stand import Stand
    from sim_backends.plugs.serve import ServedBench


async def serve_bench(request: ServeRequest, report: Report) -> ServedBench:
    """The bench of `request`, being served on the running event loop.

    Every instrument can be asked for faults. `BenchError` where there is no such bench, it is a
    real one, or a port is taken; `UsageError` for a wrong line in the file of faults.
    """
    from sim_backends.modules import example_device
    from sim_backends.plugs.serve import ServedBench
    from sim_backends.plugs.serve_doors import Endpoints

    bench = _find(request.bench)
    if bench.sim is None:
        raise BenchError(
            f"the bench {bench.name} is real: only simulated instruments can be served",
            remedy="name a bench with a table [sim]",
        )
    device = example_device(bench.sim.world, request.seed)
    sim = simulated(bench, bench.sim, device, request.seed, faulty=True)
    served = ServedBench(sim, report)
    terminal = pty.PseudoTerminal if pty.available() else None
    await served.start(Endpoints(request.host, request.port, terminal))
    try:
        for line in _fault_lines(request.faults):
            served.command(line)
    except BaseException:
        await served.close()
        raise
    return served


def _find(bench: str) -> Bench:
    """A bench file by its path, or a simulated bench of ours by its name."""
    path = Path(bench)
    return load_bench(path if path.is_file() else simulated_bench(bench))


def _fault_lines(path: Path | None) -> list[str]:
    """Lines of a file of faults; empty ones and those after `#` do not count."""
    if path is None:
        return []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BenchError(
            f"{path}: the file of faults cannot be read: {error}",
            remedy="correct the path; the file is UTF-8 text, a command a line",
        ) from error
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def alone(bench: Bench, role: str, seed: int) -> SimBench:
    """One role of a simulated bench by itself, on an example of what the world shows.

    For checks of conformance, which ask every emulator apart from the others.
    """
    from sim_backends.modules import example_device

    assert bench.sim is not None, "only simulated benches have emulators"
    reduced = msgspec.structs.replace(bench, roles={role: bench.roles[role]})
    entry = msgspec.structs.replace(bench.sim, faults=[])
    return simulated(reduced, entry, example_device(entry.world, seed), seed)


def stand(bench: Bench, role: str, exchanges: Iterable[Mapping[str, Any]], checked: bool) -> Stand:
    """The emulator of `role` for the rules below; a host sends it `exchanges` of a golden file."""
    from sim_backends.conformance.frames import frames_of, messages_of
    from sim_backends.conformance.stand import Stand
    from sim_backends.plugs.doors import modbus_unit

    def make(seed: int) -> Any:
        return alone(bench, role, seed).build(0.0)[1][role]

    entry = bench.roles[role]
    sent = list(exchanges)
    frames = frames_of(sent, checked=checked, unit=modbus_unit(make(1)))
    return Stand(entry.emulator, entry.address, make, frames, messages_of(sent))


def emulator_rules() -> Mapping[str, Callable[[Stand], Iterable[str]]]:
    """What every emulator must keep, by a short name."""
    from sim_backends.conformance.rules import RULES

    return RULES


def ports_of(emulator: str) -> tuple[Any, ...]:
    """The kinds of port that the emulator of this name takes, as it annotates them; () where it
    does not. `BenchError` where there is no such emulator.
    """
    from sim_backends.modules import emulator_class

    made = emulator_class(emulator)
    try:
        hints = get_type_hints(made.__init__ if isinstance(made, type) else made)
    except NameError:  # of a type that is imported for type checkers alone
        return ()
    port = hints.get("port")
    if isinstance(port, UnionType):
        return get_args(port)
    return () if port is None else (port,)
