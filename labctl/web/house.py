"""What all parts of the web server share: users, sessions, tokens, audit log, runs, benches."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from labctl.web.accounts import Accounts, User, canonical
from labctl.web.audit import Actor, Audit
from labctl.web.decimate import Columns
from labctl.web.feeds import Feeds
from labctl.web.passwords import Hasher
from labctl.web.sessions import Sessions
from labctl.web.settings import Settings
from labctl.web.store import Store
from labctl.web.throttle import Throttle
from labctl.web.tokens import Tokens

if TYPE_CHECKING:
    from labctl.catalogue import Catalogue
    from labctl.labs import Lab

AT_ONCE = 2
"""Passwords that are hashed at the same time: each takes 64 MiB."""


MANY = 1000
"""Answers that are remembered for those who come late."""


class House:
    """Everything that the API and the pages work with, made from `settings`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.folder)
        self.accounts = Accounts(self.store, Hasher(settings.hashing), settings.wall)
        self.sessions = Sessions(self.store, self.accounts, settings, settings.wall)
        self.tokens = Tokens(self.store, self.accounts, settings.wall)
        self.audit = Audit(settings.folder, settings.wall)
        self.throttle = Throttle()
        self.columns = Columns()
        self.feeds = Feeds()
        self._answers: dict[tuple[str, str], str] = {}
        self._hashing = threading.BoundedSemaphore(AT_ONCE)

    @cached_property
    def labs(self) -> tuple[Lab, ...]:
        """The installed labs."""
        from labctl.labs import load_labs

        return load_labs()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The indicators of the guideline and of the labs."""
        from labctl.cli.find import whole_catalogue

        return whole_catalogue(self.labs)

    def check_password(self, name: str, password: str, address: str) -> User | float:
        """The user whose name and password these are; else seconds to wait before the next try,
        0 where one may be made at once. It blocks for as long as a hash takes."""
        name = canonical(name)[:64]
        wait = self.throttle.wait(name, address)
        if wait > 0:
            return wait
        with self._hashing:
            # Others may have failed while this one waited for its turn.
            if (wait := self.throttle.wait(name, address)) > 0:
                return wait
            user = self.accounts.check(name, password)
            if user is None:
                self.throttle.failed(name, address)
        if user is None:
            self.audit.note(Actor(address=address), "login refused", name)
            return 0.0
        self.throttle.succeeded(name, address)
        return user

    def answered(self, run: str, id: str, who: str) -> None:
        """`who` answered the prompt `id` of `run`: whoever comes after is told so."""
        self._answers[run, id] = who
        if len(self._answers) > MANY:
            self._answers.pop(next(iter(self._answers)))

    def who_answered(self, run: str, id: str) -> str | None:
        """Who answered a prompt here; None where nobody did, as far as this server knows."""
        return self._answers.get((run, id))

    @contextmanager
    def acting(
        self, actor: Actor, action: str, subject: str, detail: Mapping[str, Any] | None = None
    ) -> Generator[None]:
        """Inside the `with` block `actor` does `action`: the log has it before, and that it was
        refused where the block raises. `JournalError` where the log cannot be written."""
        noted = self.audit.note(actor, action, subject, detail)
        try:
            yield
        except Exception as error:
            why = {"line": noted.number, "why": str(error)}
            self.audit.note(actor, f"{action}: refused", subject, why)
            raise

    def remove(self, name: str) -> None:
        """Let a user log in no more: sessions and tokens end. `UsageError` as the accounts have."""
        self.accounts.remove(name)
        self.sessions.end_all(canonical(name))
        self.tokens.revoke_all(canonical(name))

    def close(self) -> None:
        """Let go of all files."""
        self.store.close()
