"""The application: the API under /api/v1, and the pages mounted into it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from labctl.web import problems
from labctl.web.api import ROUTERS
from labctl.web.described import ANSWERS, describe
from labctl.web.door import Door
from labctl.web.house import House
from labctl.web.settings import Settings

PREFIX = "/api/v1"


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
        redirect_slashes=False,
        lifespan=life,
    )
    app.state.house = house
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX, responses=ANSWERS)
    describe(app)
    app.add_middleware(Door, house=house)
    return app
