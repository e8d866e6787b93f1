"""What lets `labctl recover` run when the computer starts: a systemd unit, a task of Windows."""

from __future__ import annotations

import getpass
import sys
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

from labctl.errors import UsageError

FILES = {"systemd": "labctl-recover.service", "windows": "labctl-recover.xml"}
"""File by the system that takes it."""


def unit(system: str, folder: Path) -> str:
    """The file for `system`, for this user and this Python; `folder` is where labctl.toml stands.

    `UsageError` for another system.
    """
    if system not in FILES:
        raise UsageError(f"no unit for {system!r}", remedy="one of " + ", ".join(FILES))
    template = resources.files("labctl").joinpath("data", "boot", FILES[system])
    places = {"@USER@": getpass.getuser(), "@PYTHON@": sys.executable, "@FOLDER@": str(folder)}
    text = template.read_text(encoding="utf-8")
    for place, value in places.items():
        if system == "systemd":
            value = value.replace("%", "%%")  # systemd takes a single one for a specifier
        text = text.replace(place, escape(value) if system == "windows" else value)
    return text
