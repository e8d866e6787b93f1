"""A console with a lab of its own, and Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from labctl.control import place
from labctl.errors import LabError
from labctl.guardian import ward
from labctl.platform.processes import kill
from tests.house.tree import ROOT
from tests.web.serving import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

ENTRY = "[labctl.labs]\nconsole = tests.web.consolelab.lab:LAB\n"
METADATA = "Metadata-Version: 2.1\nName: console-lab\nVersion: 0.1.0\n"

PATIENCE = 60_000
"""Milliseconds for what has no deadline; a guard against hanging only."""


@dataclass
class Console:
    """A console served at `address`, its runs in the folder `runs`."""

    address: str
    runs: Path


@dataclass
class Seen:
    """What a browser met that it should not have: errors of pages, and requests to other hosts."""

    errors: list[str] = field(default_factory=list[str])
    strangers: list[str] = field(default_factory=list[str])


@pytest.fixture(scope="session")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console that knows the lab of `consolelab`; what its runs left is ended at the end."""
    where = tmp_path_factory.mktemp("console")
    known = where / "site" / "console_lab-0.1.0.dist-info"
    known.mkdir(parents=True)
    (known / "entry_points.txt").write_text(ENTRY, encoding="utf-8")
    (known / "METADATA").write_text(METADATA, encoding="utf-8")
    (where / "house").mkdir()
    runs = where / "runs"
    path = os.pathsep.join([str(where / "site"), str(ROOT)])
    own = {"PYTHONPATH": path, "LABCTL_LEASES": str(where / "leases"), "LC_ALL": "C"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.serving", str(where / "house"), str(runs)],
        # NiceGUI serves pages of its own making where it finds itself inside a test.
        env={k: v for k, v in {**os.environ, **own}.items() if not k.startswith("PYTEST")},
        cwd=where,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        port = process.stdout.readline().strip()
        assert port, "the console did not start"
        yield Console(f"http://127.0.0.1:{port}", runs)
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()
        _end(runs)


def _end(runs: Path) -> None:
    """End the workers and guardians that a test left, by their numbers."""
    for folder in runs.glob("*"):
        with suppress(LabError):
            control = place.read(folder)
            if control is not None:
                kill(control.process)
            kill(ward.find(folder).process)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The system's Chromium, driven by Playwright.

    For this package alone: as long as Playwright is open it holds the thread's event loop, and no
    test of other packages can run a loop of its own.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium on this system")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def seen() -> Seen:
    """What the browsers of a test met."""
    return Seen()


@pytest.fixture
def browse(chromium: Any, console: Console, seen: Seen) -> Iterator[Callable[..., Any]]:
    """Opens a browser of its own for a user, logged in by the form."""
    contexts: list[Any] = []

    def opened(user: str, *, width: int = 1280) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, base_url=console.address
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda told: told.type == "error" and seen.errors.append(told.text))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("request", lambda asked: _stranger(asked.url, console, seen))
        page.goto("/login")
        page.fill("input[name=name]", user)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/runs")
        return page

    yield opened
    for context in contexts:
        context.close()


def _stranger(url: str, console: Console, seen: Seen) -> None:
    own = (console.address, console.address.replace("http", "ws"), "data:", "blob:")
    if not url.startswith(own):
        seen.strangers.append(url)
