"""The application: the API under /api/v1, and the pages mounted into it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from labctl.web import problems
from labctl.web.api import ROUTERS
from labctl.web.door import Door
from labctl.web.house import House
from labctl.web.problems import ProblemDocument
from labctl.web.settings import Settings

PREFIX = "/api/v1"

ANSWERS: dict[int | str, dict[str, object]] = {
    status: {"model": ProblemDocument, "description": text}
    for status, text in (
        (401, "Nobody is logged in"),
        (403, "The role does not allow it, or the request comes from another site"),
        (413, "The body is too large"),
        (422, "The request is malformed"),
        (503, "A file cannot be read or written now"),
    )
}
"""What every route may answer."""


def create_app(settings: Settings) -> FastAPI:
    """The whole application, not served yet; it owns its house, `app.state.house`."""
    return app_of(House(settings))


def app_of(house: House) -> FastAPI:
    """The application of `house`, which it closes at its end."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            house.close()

    app = FastAPI(
        title="labctl",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        # Their pages come from another host.
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    app.state.house = house
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX, responses=ANSWERS)
    app.add_middleware(Door, house=house)
    return app
