"""One visitor at one page: who it is, in which language, and what happens when a button is pressed.

Every action goes through `Visit.act`: it asks anew who the visitor is and whether the role allows
it, writes the action into the audit log, and only then does it.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.errors import LabError
from labctl.i18n import _, using
from labctl.web.access import address_of
from labctl.web.audit import Actor
from labctl.web.pages.lines import Lines
from labctl.web.problems import Problem
from labctl.web.roles import Verb, may
from labctl.web.sessions import who

if TYPE_CHECKING:
    from starlette.requests import Request

    from labctl.web.accounts import User
    from labctl.web.house import House

_log = logging.getLogger(__name__)


@dataclass
class Visit:
    """The visitor `user` at a page of `house`, asked for by `request`."""

    house: House
    lines: Lines
    request: Request
    user: User

    def may(self, verb: Verb) -> bool:
        """Whether a button for it is drawn."""
        return may(self.user.role, verb)

    async def shown(self, show: Callable[..., object], **parts: str) -> None:
        """Draw a page in the visitor's language."""
        with using(self.user.language):
            found = show(self, **parts)
            if inspect.isawaitable(found):
                await found

    def handler(self, work: Callable[..., Any]) -> Callable[..., Awaitable[None]]:
        """`work` as a handler of events: in the visitor's language, errors told on the page."""

        async def handled(*arguments: Any) -> None:
            with using(self.user.language):
                try:
                    found = work(*arguments)
                    if inspect.isawaitable(found):
                        await found
                except LabError as error:
                    tell(error)
                except Problem as problem:
                    tell(Refused(problem.detail, remedy=problem.remedy))

        # NiceGUI hands the event over to what has a parameter for it, and to nothing else.
        if not _wants_event(work):

            async def handle() -> None:
                await handled()

            return handle

        async def hear(event: Any) -> None:
            await handled(event)

        return hear

    async def act(
        self,
        verb: Verb,
        action: str,
        subject: str,
        work: Callable[[], Awaitable[Any]],
        **detail: Any,
    ) -> Any:
        """Do `work`, which is `action` on `subject` in the audit log; returns what it returns.

        `LabError` where it fails. Who may not do it, or is logged out meanwhile, is told so.
        """
        user = who(self.request)
        if user is None:
            raise Refused(_("You are no longer logged in."), remedy=_("log in again"))
        actor = Actor(user.name, user.role.word, address_of(self.request))
        if not may(user.role, verb):
            self.house.audit.note(actor, f"{action} refused", subject, {"why": "role"})
            raise Refused(_("Your role does not allow this."))
        with self.house.acting(actor, action, subject, detail):
            return await work()


class Refused(LabError):
    """What a visitor wants is not done, and why."""

    kind = "usage"


def _wants_event(work: Callable[..., Any]) -> bool:
    parameters = inspect.signature(work).parameters.values()
    return any(one.default is one.empty for one in parameters)


def visit_of(house: House, lines: Lines, request: Request) -> Visit | None:
    """The visit behind `request`; None where nobody is logged in."""
    user = who(request)
    return None if user is None else Visit(house, lines, request, user)


def tell(error: LabError) -> None:
    """Show an error with its remedy at the foot of the page until it is dismissed."""
    _log.info("told: %s", error)
    text = "\n".join(part for part in (error.message, error.remedy) if part)
    ui.notify(text, type="negative", multi_line=True, timeout=12_000, close_button=_("Close"))
