"""Serving a bench until the user stops it: the line of JSON, clients as they come, commands."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any

from labctl import clock
from labctl.cli.streams import note, say
from labctl.errors import LabError, UsageError
from labctl.i18n import N_, _
from labctl.jsontext import finite
from labctl.labs import OURS, load_labs
from labctl.platform.interrupts import Interrupts, interrupts
from labctl.platform.standard_input import watch_lines
from labctl.serving import BenchServer, OpenServing, ServeRequest

EVENTS = {
    "connected": N_("{role}: {detail} connected"),
    "disconnected": N_("{role}: {detail} disconnected"),
    "refused": N_("{role}: {detail} refused, the line has its one client"),
    "failed": N_("{role}: the simulated instrument failed: {detail}"),
}


def keep_serving(request: ServeRequest, *, table: bool) -> None:
    """Serve until SIGINT or SIGTERM. The first line on stdout is the JSON; with `table` what is
    served where stands on stderr too."""
    server, named = server_of(request)
    with interrupts() as stop:
        clock.run(_serve(server, named, table, stop), virtual=False)


def server_of(request: ServeRequest) -> tuple[BenchServer, ServeRequest]:
    """The lab that serves the bench: ours, or the one before a slash (`acme/furnace`).

    `UsageError` where a lab of that name serves nothing.
    """
    labs = {lab.name: lab for lab in load_labs()}
    name, slash, rest = request.bench.partition("/")
    lab = labs.get(name) if slash else None
    bench = rest if lab else request.bench
    lab = lab or labs[OURS]
    if lab.serve_bench is None:
        raise UsageError(
            _("lab {name}: it serves no simulated bench").format(name=lab.name),
            remedy=_("name a bench of another lab"),
        )
    return lab.serve_bench, ServeRequest(
        bench, request.host, request.port, request.seed, request.faults
    )


async def _serve(server: BenchServer, request: ServeRequest, table: bool, stop: Interrupts) -> None:
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def end() -> None:
        loop.call_soon_threadsafe(done.set)

    def carry_out(line: str) -> None:
        loop.call_soon_threadsafe(command, serving, line)

    stop.on_ask(end)
    serving = await server(request, _report)
    try:
        tell(serving.roles, table=table)
        watch_lines(carry_out)
        await done.wait()
        stop.taken()
    finally:
        await serving.close()


def tell(roles: Mapping[str, Mapping[str, Any]], *, table: bool) -> None:
    """One line of JSON on stdout; with `table` a line a role on stderr."""
    say(json.dumps(finite(dict(roles)), ensure_ascii=True, allow_nan=False))
    sys.stdout.flush()
    for role, served in roles.items() if table else ():
        where = served.get("address") or served.get("reason", "")
        note(f"{role:24}{served.get('model', ''):34}{where}")
    if table:
        note(_("serving; Ctrl-C ends it"))


def command(serving: OpenServing, line: str) -> None:
    """Carry out a line of standard input; what is wrong with it is told on stderr."""
    if not line:
        return
    try:
        serving.command(line)
        note(_("done: {line}").format(line=line))
    except LabError as error:
        note(_("not done: {line}: {error}").format(line=line, error=error))


def _report(role: str, event: str, detail: str) -> None:
    note(_(EVENTS.get(event, "{role}: {detail}")).format(role=role, detail=detail))
