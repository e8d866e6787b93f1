"""A console for a test, in a process of its own: `python -m tests.web.serving FOLDER RUNS`.

Its users are those of `USERS`; the port that it listens on is printed.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn

from labctl.web.app import app_of
from labctl.web.house import House
from labctl.web.pages import mount
from labctl.web.roles import Role
from labctl.web.settings import Hashing, Settings

PASSWORD = "quiet horse battery"
USERS = {
    "ann": ("Ann", Role.TECHNICIAN, "en"),
    "bob": ("Bob", Role.TECHNICIAN, "en"),
    "li": ("Li", Role.TECHNICIAN, "zh"),
    "vic": ("Vic", Role.VIEWER, "en"),
}
"""By name: the name that is shown, role and language."""


def main(folder: Path, runs: Path) -> None:
    """Serve until the process is ended."""
    # As cheap as argon2 allows: what a hash costs is no matter of these tests.
    house = House(Settings(folder, runs, hashing=Hashing(1, 1024, 1)))
    for name, (shown, role, language) in USERS.items():
        if house.accounts.find(name) is None:
            house.accounts.add(name, role, PASSWORD, shown, "zh" if language == "zh" else "en")
    app = app_of(house)
    mount(app, house)
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
