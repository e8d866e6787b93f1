"""The page *Login*."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from labctl.i18n import LANGUAGES, Language, _, language_of, using
from labctl.web.pages.shell import head, html

if TYPE_CHECKING:
    from starlette.requests import Request

    from labctl.web.house import House


async def show(house: House, request: Request) -> None:
    """Draw it in the language that is asked for, else in the browser's own."""
    with using(_language_of(request)):
        head(_("Log in"))
        later = request.query_params.get("next", "")
        more = f"&next={quote(later)}" if later else ""
        html("login.html.j2", more=more, nobody=not house.accounts.has_administrator())


def _language_of(request: Request) -> Language:
    asked = request.query_params.get("lang", "")
    for known in LANGUAGES:
        if asked == known:
            return known
    return language_of(request.headers.get("accept-language", "").partition(",")[0])
