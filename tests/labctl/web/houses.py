"""A house with a user of each role, and clients that talk to its application in process."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from labctl import clock
from labctl.web.app import app_of
from labctl.web.house import House
from labctl.web.roles import Role
from labctl.web.settings import Hashing, Settings

ORIGIN = "http://lab.test"
PASSWORD = "grey heron on the roof"
QUICK = Hashing(passes=1, memory=64, lanes=1)


@dataclass
class Wall:
    """The date, which a test moves."""

    moment: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_on(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def settings_in(folder: Path, wall: Wall, **more: Any) -> Settings:
    own: dict[str, Any] = {"folder": folder / "web", "runs": folder / "runs", "hashing": QUICK}
    return Settings(**{**own, "wall": wall, **more})


@contextmanager
def house_in(folder: Path, wall: Wall | None = None, **more: Any) -> Generator[House]:
    """A house with the users viewer, technician, engineer and administrator."""
    house = House(settings_in(folder, wall or Wall(), **more))
    try:
        for role in Role:
            house.accounts.add(role.word, role, PASSWORD, role.word.title())
        yield house
    finally:
        house.close()


@lru_cache(maxsize=1)
def _app(house: House) -> FastAPI:
    return app_of(house)


@dataclass
class Browser:
    """A client of `app` at `address`, with a jar of cookies, or with a `token`."""

    app: FastAPI
    address: str = "192.0.2.1"
    token: str = ""
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """The answer to one request; `path` is below /api/v1 unless it begins with //."""
        return clock.run(self._ask(method, path, headers, more), virtual=False)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, json: object = None, **more: Any) -> httpx.Response:
        return self.ask("POST", path, json={} if json is None else json, **more)

    def log_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        return self.post("/login", {"name": name, "password": password})

    async def _ask(
        self, method: str, path: str, headers: dict[str, str] | None, more: dict[str, Any]
    ) -> httpx.Response:
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {"Origin": ORIGIN}
        transport = httpx.ASGITransport(self.app, client=(self.address, 4711))
        url = path[1:] if path.startswith("//") else f"/api/v1{path}"
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, cookies=self.cookies
        ) as client:
            answer = await client.request(method, url, headers={**own, **(headers or {})}, **more)
            self.cookies = client.cookies
            return answer


def somebody(house: House, name: str = "", **more: Any) -> Browser:
    """A browser in which `name` is logged in; "" for nobody."""
    browser = Browser(_app(house), **more)
    if name:
        user = house.accounts.find(name)
        assert user is not None
        browser.cookies.set("labctl", house.sessions.begin(user, browser.address))
    return browser
