"""The journal as the run's event loop sees it: appends rows, cuts batches, waits when it must.

Batches are cut by count and wherever a step is committed, so that a repeat in virtual time cuts
them at the same places; in real time also every quarter of a second. In virtual time waiting for
the disk blocks the thread: time stands still anyway, and the order of tasks stays the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from labctl import clock
from labctl.errors import JournalError
from labctl.evidence import Attachment, Instrument, Reading
from labctl.gaps import Gap
from labctl.journal import opening
from labctl.journal.batch import Batch, Row, World
from labctl.journal.chain import Link
from labctl.journal.committer import DEPTH, Committer
from labctl.journal.numbers import Numbers
from labctl.journal.plain import clean, encode
from labctl.journal.reader import Reader
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.schema import SCHEMA_VERSION
from labctl.journal.snapshots import snapshot_sha256
from labctl.journal.waiting import Awaitable, Blocking
from labctl.platform.filesystems import network_file_system

BATCH = 1000
"""Rows after which a batch is cut."""

EVERY = 0.25
"""Seconds after which a batch is cut in real time."""

RETRY = 0.005
"""Seconds between two looks at a full queue in real time."""


class Journal:
    """Writes the new journal `path`, with attachments in the folder `files`.

    `virtual` says whether the run keeps virtual time; `resumed` goes on with a journal that is
    there. All methods but `close` raise `JournalError` once writing has failed. Times are taken
    from the clock.
    """

    def __init__(
        self,
        path: Path,
        files: Path,
        *,
        virtual: bool,
        depth: int = DEPTH,
        resumed: bool = False,
    ) -> None:
        _refuse_network(path)
        connection = opening.existing(path) if resumed else opening.new(path)
        known = opening.standing(connection) if resumed else opening.EMPTY
        self._committer = Committer(connection, path, files, depth, known.link)
        self._path = path
        self._virtual = virtual
        self._batch = Batch()
        self._count = 0
        self._last = (0.0, 0.0)
        self._moment: tuple[float, float] | None = None
        self._order = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._readings = known.readings
        self._numbers = Numbers(known, self._add)

    def identity(self, key: str, value: str) -> None:
        """Note something of the run that no repeat shares: its id, a wall-clock time."""
        self._add("identity", (key, clean(value)))

    def meta(self, key: str, value: object) -> None:
        """Note plain data about the whole run."""
        self._add("meta", (key, encode(value)))

    def bench(self, sha256: str, name: str, text: str) -> None:
        """Keep a bench file as it stood, once."""
        self._numbers.bench(sha256, name, text)

    def item(self, indicator: str, text: object, procedure: str, code_sha256: str) -> int:
        """Begin an item; returns its number. `text` is the indicator as it stands."""
        number = self._numbers.next("items")
        row = (number, indicator, encode(text), procedure, code_sha256, *self._now())
        self._add("items", row)
        return number

    def fact(self, item: int, name: str, value: object) -> None:
        """Note plain data about an item: "sample", "evidence", "verdict", "error", ..."""
        self._add("facts", (item, name, encode(value), *self._now()))

    def instruments(self, item: int, instruments: Sequence[Instrument]) -> None:
        """Note the instruments of an item, with their identities as read."""
        for one in instruments:
            who = one.identity
            names = (one.role, one.driver, one.address, who.maker, who.model, who.serial)
            self._add("instruments", (item, *map(clean, (*names, who.firmware))))

    def event(self, item: int | None, kind: str, text: str) -> None:
        """Note that something happened: a wait, a gap, an answer of the operator."""
        self._add("events", (item, *self._now(), kind, clean(text)))

    def gap(self, item: int, seconds: float, state: str, *, exposed: bool) -> Gap:
        """Note an interruption of `seconds` that ends now, and how the bench was left in it.

        `exposed` says whether an exposure was under way.
        """
        now = self._now()
        self._add("gaps", (item, *now, seconds, int(exposed), clean(state)))
        return Gap(now[0], seconds, exposed)

    def attempt(self, item: int, step: str, attempt: int) -> int:
        """Begin a step; returns the number under which its readings and result are kept."""
        number = self._numbers.next("attempts")
        self._add("attempts", (number, item, step, attempt, *self._now()))
        return number

    def answered(self, row: AnswerRow) -> None:
        """Note what a person answered; it is committed with the result of its step."""
        self._add("answers", _cleaned(row))

    def amended(self, row: AmendmentRow) -> None:
        """Note what a person superseded; nothing that is there is changed."""
        self._add("amendments", _cleaned(row))

    @property
    def last_attempt(self) -> int:
        """Number of the attempt that was begun last; 0 where there was none."""
        return self._numbers.last("attempts")

    async def arranged(self, attempt: int, world: World | None) -> None:
        """Commit that the bench was arranged for the scopes of an attempt that begins."""
        if world is not None:
            self._keep(attempt, world)
            await self.flush()

    async def finish(self, attempt: int, result: str, world: World | None = None) -> None:
        """Commit a step's `result` (from `plain.encode`); it is on the disk on return.

        `world` is the simulated bench as it is now, in the same transaction.
        """
        self._add("steps", (attempt, result, *self._now()))
        self._keep(attempt, world)
        await self.flush()

    async def advance(
        self, attempt: int, elapsed: float, state: str, world: World | None = None
    ) -> None:
        """Commit that the exposure of `attempt` has come to `elapsed` s or cycles, with its state.

        Its readings so far are done once and for all; they are on the disk on return.
        """
        self._add("progress", (attempt, elapsed, state, self._readings, *self._now()))
        self._keep(attempt, world)
        await self.flush()

    async def record(
        self, item: int, channel: str, readings: Sequence[Reading], attempt: int | None
    ) -> None:
        """Append readings of a channel; waits only while the queue is full."""
        self._raise_failure()
        rows = self._batch.rows.setdefault("readings", [])
        for r in readings:
            number = self._numbers.channel((item, channel, r.unit, r.address, r.serial))
            accuracy = None if r.accuracy is None else self._numbers.accuracy(r.accuracy)
            value = float(r.value) + 0.0  # SQLite keeps no negative zero, nor NaN
            kept = value if value == value else None
            rows.append((number, float(r.t), float(r.utc), kept, accuracy, attempt))
        self._count += len(readings)
        self._readings += len(readings)
        self._arm()
        if self._count >= BATCH:
            await self._push()

    async def readings(self, item: int, channel: str) -> list[Reading]:
        """All readings of a channel of an item so far that count, read back from the disk."""
        await self.flush()
        with Reader(self._path) as reader:
            return reader.readings(item, channel)

    async def attach(self, item: int, attachment: Attachment, data: bytes) -> None:
        """Keep `data` as `attachments/<sha256>`; it is on the disk on return."""
        self._raise_failure()
        self._batch.files.append((attachment.sha256, data))
        a = attachment
        self._add("attachments", (item, clean(a.name), a.sha256, a.media_type, a.size))
        await self.flush()

    async def flush(self) -> None:
        """Return when all that was appended so far is on the disk."""
        self._raise_failure()
        waiter = Blocking() if self._virtual else Awaitable()
        self._batch.waiting.append(waiter.done)
        await self._push()
        await waiter.wait()

    @property
    def path(self) -> Path:
        """Its file."""
        return self._path

    @property
    def link(self) -> Link:
        """Where the chain stands on the disk."""
        return self._committer.link

    def close(self) -> Link:
        """Write everything, close the file, and return where the chain stands.

        `JournalError` where the writer had failed; the file is whole up to its last commit.
        """
        if self._timer is not None:
            self._timer.cancel()
        self._committer.put(self._cut())
        self._committer.close()
        return self._committer.link

    def _keep(self, attempt: int, world: World | None) -> None:
        if world is not None:
            t = self._now()[0]
            sha256 = snapshot_sha256(SCHEMA_VERSION, world.item, t, world.state)
            self._add("worlds", (attempt, sha256, encode(world.scopes)))
            self._batch.snapshot = (world.item, t, sha256, world.state)

    def stand_still(self, moment: tuple[float, float] | None) -> None:
        """Date all rows with this run time and Unix time in s until it is called with None."""
        self._moment = moment

    def _now(self) -> tuple[float, float]:
        """Run time and Unix time; after the loop has ended, those of its last row."""
        if self._moment is not None:
            self._last = self._moment
        elif in_loop():
            self._last = clock.stamp()
        return self._last

    def _add(self, table: str, row: Row) -> None:
        self._raise_failure()
        self._batch.add(table, row)
        self._count += 1

    def _raise_failure(self) -> None:
        if self._committer.failure is not None:
            raise self._committer.failure

    def _cut(self) -> Batch:
        batch, self._batch, self._count = self._batch, Batch(), 0
        return batch

    async def _push(self) -> None:
        """Hand the batch to the committer, in the order of the calls."""
        if self._virtual:
            self._committer.put(self._cut())
            return
        async with self._order:
            while not self._committer.offer(self._batch):
                await clock.sleep(RETRY)
            self._cut()

    def _arm(self) -> None:
        """In real time, see to it that the batch is cut soon."""
        if not self._virtual and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EVERY, self._tick)

    def _tick(self) -> None:
        self._timer = None
        if self._order.locked() or not self._committer.offer(self._batch):
            self._arm()
        else:
            self._cut()


def _cleaned(row: msgspec.Struct) -> Row:
    values = msgspec.structs.astuple(row)
    return tuple(clean(value) if isinstance(value, str) else value for value in values)


def in_loop() -> bool:
    """Whether an event loop is running in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _refuse_network(path: Path) -> None:
    kind = network_file_system(path.parent)
    if kind:
        raise JournalError(
            f"{path.parent} lies on a network file system ({kind}), which cannot keep a journal",
            remedy="choose a folder on a local disk: --runs DIR or LABCTL_RUNS",
        )
