"""The record of a run around its items: journal, manifest, register."""

from __future__ import annotations

import logging
from typing import Literal

import msgspec

from labctl import clock, manifest, register
from labctl.changes import Change
from labctl.journal.chain import GENESIS, Link
from labctl.journal.plain import encode
from labctl.journal.schema import SCHEMA_VERSION
from labctl.journal.writer import Journal
from labctl.manifest import Manifest
from labctl.provenance import code_sha256, labctl_version, package_versions
from labctl.register import Tested
from labctl.requests import RunRequest, stored_request
from labctl.runfolder import RunFolder, file_sha256
from labctl.tested import asked, tested

CODE = ("labctl", "drivers", "rigs", "procedures", "sim_backends")
"""Packages whose hashes are kept with every run."""

_log = logging.getLogger(__name__)


def code_hashes() -> dict[str, str]:
    """SHA-256 of the code of each package, as it is now."""
    return {name: code_sha256(name) for name in CODE}


class RunRecorder:
    """Opens the journal of a run in `folder`, and closes everything at its end.

    `started` is when a run that is resumed began, wall-clock UTC in ISO 8601; "" makes a new one.
    """

    def __init__(self, folder: RunFolder, request: RunRequest, started: str = "") -> None:
        self._folder = folder
        self._request = request
        self._started = started or _now()
        self.journal = Journal(
            folder.journal, folder.attachments, virtual=request.virtual, resumed=bool(started)
        )

    def begin(self) -> None:
        """Note what is known before the first item."""
        request = self._request
        self.journal.identity("run", self._folder.run)
        self.journal.identity("started", self._started)
        self.journal.meta("targets", list(request.targets))
        self.journal.meta("dut", request.dut if request.dut in ("nominal", "failing") else "file")
        self.journal.meta("seed", request.seed)
        self.journal.meta("virtual", request.virtual)
        self.journal.meta("draws", request.draws)
        self.journal.meta("agreement", request.agreement)
        self.journal.meta("agreement_sha256", request.agreement.sha256)
        self.journal.meta("labctl", labctl_version())
        self.journal.meta("packages", package_versions())
        self.journal.meta("code", code_hashes())
        self.journal.meta("indicators", list(request.items))
        if request.bare:
            self.journal.meta("bare", True)
        self.journal.identity("request", encode(stored_request(request)))
        manifest.write(self._folder.path, self._manifest())
        self._register("begun", self._started, GENESIS, asked(request))
        _log.info("run %s: %s", self._folder.run, " ".join(request.targets))

    def go_on(self, accepted: tuple[Change, ...]) -> None:
        """Note that the run is resumed, with the changes that were `accepted`."""
        self.journal.identity("resumed", _now())
        self.journal.meta("accepted", list(accepted))
        self.journal.meta("state", "running")
        manifest.write(self._folder.path, self._manifest())
        self._register("resumed", _now(), self.journal.link, self._tested())
        _log.info("run %s: resumed", self._folder.run)

    def end(self, *, whole: bool, ended: str = "") -> None:
        """Close the journal, then the manifest and the register; `JournalError` if it failed.

        `ended` is when the run ended, if not now: it was only amended.
        """
        state: Literal["done", "interrupted"] = "done" if whole else "interrupted"
        ended = ended or _now()
        try:
            self.journal.identity("ended", ended)
            self.journal.meta("state", state)
        finally:
            link = self.journal.close()
        closed = msgspec.structs.replace(
            self._manifest(),
            state=state,
            ended=ended,
            transactions=link.tx,
            content=link.content.hex(),
            head=link.head.hex(),
            journal_sha256=file_sha256(self._folder.journal),
        )
        manifest.write(self._folder.path, closed)
        self._register(state, _now(), link, self._tested())
        _log.info("run %s: %s", self._folder.run, state)

    def _manifest(self) -> Manifest:
        return Manifest(
            run=self._folder.run,
            labctl=labctl_version(),
            journal_schema=SCHEMA_VERSION,
            started=self._started,
            targets=self._request.targets,
            seed=self._request.seed,
            agreement_sha256=self._request.agreement.sha256,
        )

    def _tested(self) -> tuple[Tested, ...]:
        """What the journal knows of the items, as far as it is committed."""
        bare = asked(self._request)
        sample = bare[0].sample if bare else ""
        return tested(self._folder.journal, self._request.items, sample)

    def _register(
        self, event: register.Event, utc: str, link: Link, items: tuple[Tested, ...]
    ) -> None:
        entry = register.Entry(
            run=self._folder.run,
            event=event,
            utc=utc,
            transactions=link.tx,
            head=link.head.hex(),
            content=link.content.hex(),
            items=items,
        )
        register.append(self._folder.path.parent, entry)


def _now() -> str:
    """Wall-clock time in ISO 8601 with milliseconds."""
    return clock.wall().isoformat(timespec="milliseconds")
