"""A guardian's life: it starts the worker or finds it, and stays until the bench is safe."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from datetime import date
from pathlib import Path

from labctl import clock
from labctl.config import leases_folder
from labctl.control import place
from labctl.control.job import read_job
from labctl.control.messages import Ended
from labctl.control.place import Control, new_token
from labctl.control.server import Door
from labctl.control.waiting import wait_until
from labctl.desk import Notice
from labctl.errors import LabError, UsageError
from labctl.failures import as_lab_error, reported
from labctl.guardian import ward as wards
from labctl.guardian.aftermath import conclude
from labctl.guardian.board import Bulletin
from labctl.guardian.guard import Guard
from labctl.guardian.rescues import load
from labctl.i18n import N_
from labctl.leases import Held, Lease, taken
from labctl.notices import NoticesConfig, Sender, read_config
from labctl.notices.rounds import Rounds, due_dates
from labctl.orders import Abort, Remark
from labctl.platform.locks import is_locked, locked
from labctl.platform.processes import this_process
from labctl.platform.terminals import on_terminate
from labctl.words import Text

LOCK = "guardian.lock"

ENDED = N_("The run {run} has ended: {how}.")
NOT_SAFE = N_("The run {run} has ended, and its bench is NOT SAFE: {how}.")

HANDOVER = 5.0
"""Seconds in which the guardian before must be gone."""

_log = logging.getLogger(__name__)


def guard(path: Path, *, adopt: bool) -> None:
    """Guard the run in the folder `path` to its end; with `adopt` its worker is there already.

    `UsageError` where somebody guards it.
    """
    config, refusal = _config(adopt)
    # The last notices are sent when the next guardian of the run may be there already.
    with closing(Sender(config, path)) as sender, _alone(path):
        clock.run(_Life(path, adopt, sender, config.disk).live(refusal), virtual=False)


@contextmanager
def _alone(path: Path) -> Generator[None]:
    if not wait_until(lambda: not is_locked(path / LOCK), HANDOVER):
        raise UsageError(f"{path.name} has a guardian", remedy="labctl watch follows the run")
    with locked(path / LOCK):
        yield


def _config(adopt: bool) -> tuple[NoticesConfig, LabError | None]:
    """Who is told what, or why a run must not begin.

    Who takes over a run does so also where nobody can be told any more.
    """
    try:
        return read_config(), None
    except LabError as error:
        _log.error("%s", error)
        return NoticesConfig(), None if adopt else error


def ending(run: str, ended: Ended) -> Notice:
    """What people hear at the end of a run."""
    how = ended.how or "in good order"
    text = Text(ENDED if ended.safe else NOT_SAFE, {"run": run, "how": how})
    return Notice("ended", text, utc=clock.wall().timestamp())


class _Life:
    """The life of the guardian of the run in the folder `path`."""

    def __init__(self, path: Path, adopt: bool, sender: Sender, disk: float) -> None:
        self._path = path
        self._adopt = adopt
        self._disk = disk
        self._has_worker = adopt
        self._bulletin = Bulletin(path.name)
        self._guard = Guard(self._bulletin, sender)

    async def live(self, refusal: LabError | None) -> None:
        """From the open door to the last word; with a `refusal` the run does not begin."""
        token = new_token()
        door = Door(token, self._guard)
        control = Control(process=this_process(), port=await door.open(), token=token)
        place.write(self._path, control)
        loop = asyncio.get_running_loop()

        def terminate() -> None:
            loop.call_soon_threadsafe(self._guard.order, Abort("the system"))

        on_terminate(terminate)
        ended = await self._ended(refusal)
        _log.info("ended: %s", ended)
        self._guard.notice(ending(self._path.name, ended))
        place.write(self._path, Control(process=control.process, port=0, token="", ended=ended))
        self._bulletin.tell(ended)
        await door.close()

    async def _ended(self, refusal: LabError | None) -> Ended:
        try:
            if refusal is not None:
                raise refusal
            return await self._guarded()
        except Exception as error:
            if self._has_worker:
                # Its worker finds itself without a guardian, and starts another one.
                raise
            known = as_lab_error(error, self._path.name)
            return Ended("the run was not begun", True, "", reported(known), known.exit_code)

    async def _guarded(self) -> Ended:
        job = read_job(self._path)
        rescues = await asyncio.to_thread(load, job)
        with ExitStack() as leases:
            held = await self._held(leases, rescues.addresses)
            ward = wards.find(self._path) if self._adopt else wards.start(self._path)
            self._has_worker = True
            held.keep(ward.process.pid)
            async with self._rounds(due_dates(rescues.certificates)):
                await self._guard.attend(ward)
            return await conclude(self._path, self._guard, ward, rescues)

    @asynccontextmanager
    async def _rounds(self, due: Mapping[str, date]) -> AsyncGenerator[None]:
        """The guardian goes round inside the block; `due` are the last days of calibrations."""
        rounds = Rounds(self._path, self._guard.notice, self._disk, due)
        going = asyncio.create_task(rounds.go(lambda: self._bulletin.board().progress))
        try:
            yield
        finally:
            going.cancel()

    async def _held(self, leases: ExitStack, addresses: Mapping[str, str]) -> Held:
        """The leases of all instruments, until `leases` is closed; one that is lost ends the run.

        Taken in a thread: a holder that cannot be seen from here is watched for a while.
        """
        loop = asyncio.get_running_loop()

        def lost(name: str) -> None:
            loop.call_soon_threadsafe(self._guard.oust, name)

        wanted = taken(addresses, self._path.name, leases_folder(), on_lost=lost)
        held = await asyncio.to_thread(leases.enter_context, wanted)
        for lease in held.taken_over:
            self._note(lease)
        return held

    def _note(self, lease: Lease) -> None:
        """The journal knows whose instruments these were; those of a guardian before were ours."""
        if lease.holder.run != self._path.name:
            text = f"{', '.join(lease.roles)} taken over from {lease.holder.run}, which is dead"
            self._guard.order(Remark("lease", text))
