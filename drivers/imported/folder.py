"""What every importer of files shares: the folder, who measured, and which file is meant."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Generic, Protocol, TypeVar

from drivers.imported.beside import NAME, Beside, beside, folder_of
from drivers.imported.shelf import Kept, Shelf, again, kept
from drivers.imported.source import Refused, Source
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link_programs import FolderLink, NoFile, WholeFile
from drivers.links.settings import FolderSettings
from drivers.roles.imported import ImportedFile
from labctl import clock
from labctl.errors import InstrumentError, LinkError
from labctl.evidence import Accuracy, Identity


class HasFile(Protocol):
    """A result that names its file."""

    @property
    def file(self) -> ImportedFile:
        """What it was read from."""
        ...


Result = TypeVar("Result", bound=HasFile)
Other = TypeVar("Other")

EXPORT = "look at the file; let the instrument's software export it anew, and wait until it has"


class Importer(Instrument, Generic[Result]):
    """Results of one format from a watched folder. A format's class reads one file.

    `suffixes` are those of its files, in small letters; others in the folder are passed over.
    No accuracy stands here: limits of error are those of the instrument's certificate, which the
    bench file states.
    """

    what = "importer"
    settings: ClassVar[FolderSettings] = FolderSettings()
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()
    instrument_class: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def __init__(self, link: FolderLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._shelf = Shelf()
        self._known: dict[tuple[str, str, str], ImportedFile] = {}

    def result_of(self, source: Source) -> Result:
        """The result in a finished file; `Refused` says what it lacks."""
        raise NotImplementedError

    def file_of(self, source: Source) -> ImportedFile:
        """The file as evidence, of whatever kind its result is; `Refused` as `result_of`."""
        return self.result_of(source).file

    async def identify(self) -> Identity:
        """Who wrote the newest file; the first is waited for. `LinkError` where none comes."""
        await self._take_in()
        if not self._shelf.files:
            await self._wait(self.settings.timeout)
        self._identity = (await self._file(self._shelf.files[-1])).instrument
        return self._identity

    async def resync(self) -> None:
        """Forget files that are there and were not read yet: only newer ones count."""
        await self._link.resync()

    async def safe(self) -> None:
        """A reader of files drives nothing."""

    async def latest(self) -> Result:
        """The newest complete result; `InstrumentError` where there is none."""
        return await self._result(await self._newest())

    async def read(self, name: str) -> Result:
        """The result in the file `name` below the folder; `InstrumentError` where it is absent or
        not complete."""
        await self._take_in()
        found = self._shelf.named(name)
        if found is None:
            raise self._absent(name)
        return await self._result(found)

    async def of_sample(self, sample: str) -> tuple[Result, ...]:
        """All complete results whose header names `sample`, oldest first.

        `InstrumentError` where a file cannot be read: it may be one of them.
        """
        await self._take_in()
        found = [one for one in self._shelf.current() if (await self._file(one)).sample == sample]
        return tuple([await self._result(one) for one in found])

    async def following(self, sha256: str, *, timeout: float) -> Result:
        """The first result completed after the one whose file hashes to `sha256`; empty: the first.

        Waits at most `timeout` in s, then `InstrumentError`.
        """
        await self._take_in()
        place = self._shelf.place_of(sha256) if sha256 else -1
        if place is None:
            raise self._wrong(f"no file of this folder hashes to {sha256}", "following", "")
        if place + 1 == len(self._shelf.files):
            await self._wait_or_tell(timeout)
        return await self._result(self._shelf.files[place + 1])

    async def _newest(self) -> Kept:
        await self._take_in()
        if not self._shelf.files:
            raise self._wrong("no complete file is there", "latest", "", "let the software export")
        return self._shelf.files[-1]

    async def _result(self, file: Kept) -> Result:
        return await self._read(file, self.result_of)

    async def _file(self, file: Kept) -> ImportedFile:
        """The file as evidence; one that was read before is not read again."""
        key = (file.name, file.sha256, self._beside().sha256)
        if key not in self._known:
            self._known[key] = await self._read(file, self.file_of)
        return self._known[key]

    async def _read(self, file: Kept, reader: Callable[[Source], Other]) -> Other:
        """What `reader` makes of a file; `InstrumentError` names the file that is refused."""
        data = again(file)
        if data is None:
            raise self._wrong("changed or gone since it was complete", "read", file.name, EXPORT)
        source = self._source(file, data)
        try:
            if clock.is_virtual():
                return reader(source)
            return await asyncio.get_running_loop().run_in_executor(None, reader, source)
        except Refused as error:
            what = f"the file {file.name} {error}"
            raise self._wrong(what, "read", file.name, EXPORT) from error

    def _source(self, file: Kept, data: bytes) -> Source:
        written, extra = file.written_utc, self._beside()
        return Source(file.name, data, file.sha256, written, self.address, clock.stamp(), extra)

    def _beside(self) -> Beside:
        return beside(self.address)

    async def _take_in(self) -> None:
        """Every file that is finished by now: one that rests is handed out once it is settled."""
        still = self.settings.settled + 2 * self.settings.poll
        try:
            while True:
                self._put(await self._link.next(still))
        except NoFile:
            return

    async def _wait(self, seconds: float) -> None:
        """The next file of this format; `NoFile` after `seconds`."""
        until, before = clock.now() + seconds, len(self._shelf.files)
        while len(self._shelf.files) == before:
            self._put(await self._link.next(max(0.0, until - clock.now())))

    async def _wait_or_tell(self, seconds: float) -> None:
        try:
            await self._wait(seconds)
        except NoFile as error:
            raise self._wrong(
                f"no further result within {seconds:g} s", "following", error.answer, EXPORT
            ) from error

    def _put(self, found: WholeFile) -> None:
        name = found.path.name
        if name.lower().endswith(self.suffixes) and name != NAME:
            self._shelf.put(kept(found, folder_of(self.address), self._written(found)))

    def _written(self, found: WholeFile) -> float:
        """When the file was changed last, Unix time in s."""
        try:
            return found.path.stat().st_mtime
        except OSError as error:
            raise LinkError(
                f"{found.path.name} is gone before it was read ({error})", address=self.address
            ) from error

    def _absent(self, name: str) -> InstrumentError:
        path = folder_of(self.address) / name.replace("\\", "/")
        what = "there is no such file"
        if path.is_file():
            what = "the file still grows, is not of this format, or was there before (old=1)"
        return self._wrong(what, "read", name, EXPORT)
