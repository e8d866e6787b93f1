"""How an error ends a command: one line on stderr, or one JSON document on stdout."""

from __future__ import annotations

from collections.abc import Mapping

from labctl.cli.streams import note, say_json
from labctl.errors import LabError
from labctl.i18n import _

INTERRUPTED = 130
"""Exit code of a command that was interrupted."""

DEFECT = 4
"""Exit code of a defect of ours."""


class Interrupted(LabError):
    """The user stopped the command before it had anything to tell."""

    kind = "interrupted"
    exit_code = INTERRUPTED


def fail(error: LabError, as_json: bool) -> int:
    """Tell `error` to the user or to the calling program; returns the exit code."""
    if as_json:
        say_json({"error": error.as_dict()})
    else:
        note(line(error.as_dict()))
    return error.exit_code


def line(error: Mapping[str, str]) -> str:
    """An error's dictionary as one line: what, where, and what to do about it."""
    parts = [_("Error: {message}").format(message=error.get("message") or error.get("kind", ""))]
    labels = {
        "address": _("address"),
        "command": _("command"),
        "answer": _("answer"),
        "remedy": _("remedy"),
    }
    parts += [f"{label}: {error[key].strip()}" for key, label in labels.items() if error.get(key)]
    return " ".join("; ".join(parts).split())
