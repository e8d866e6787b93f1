"""Serving a simulated bench on real sockets and pseudo-terminals, for others' drivers.

Beside `opening.py` the only file of the rigs that knows the simulation. It opens no bench for a
procedure: who connects is another process.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from labctl.errors import BenchError
from labctl.platform import pty
from labctl.serving import Report, ServeRequest
from rigs.bench import Bench, load_bench
from rigs.benches import simulated_bench

if TYPE_CHECKING:
    from sim_backends.plugs.serve import ServedBench


async def serve_bench(request: ServeRequest, report: Report) -> ServedBench:
    """The bench of `request`, being served on the running event loop.

    `BenchError` where there is no such bench, it is a real one, or a port is taken; `UsageError`
    for a wrong line in the file of faults.
    """
    from sim_backends.bench import RoleSpec, SimBench, example_device
    from sim_backends.plugs.serve import ServedBench
    from sim_backends.plugs.serve_doors import Endpoints

    bench = _find(request.bench)
    if bench.sim is None:
        raise BenchError(
            f"the bench {bench.name} is real: only simulated instruments can be served",
            remedy="name a bench with a table [sim]",
        )
    roles = {
        name: RoleSpec(entry.emulator, entry.port, entry.address)
        for name, entry in bench.roles.items()
    }
    sim = SimBench(
        bench.sim.world, roles, example_device(bench.sim.world, request.seed), request.seed
    )
    served = ServedBench(sim, roles, report)
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
        raise BenchError(f"{path}: the file of faults cannot be read: {error}") from error
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
