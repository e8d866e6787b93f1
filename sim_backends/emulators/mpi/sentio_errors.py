"""Errors of SENTIO's remote commands and their texts.

Codes: SentioProberDev/Examples-CSharp, RemoteCommandResult.cs, and the enumeration
RemoteCommandError of the maker's public Python bindings (sentio-prober-control 25.x). Texts of the
messages are ours: the software's own are not published.
"""

from __future__ import annotations

EXECUTION, UNKNOWN, FORMAT, PARAMETER, COUNT, BOUNDS = 2, 3, 5, 6, 7, 8
FILE, OPERATION, PROJECT, WRONG_HEIGHT, DOOR = 9, 12, 15, 38, 60

TEXTS = {
    EXECUTION: "Execution error",
    UNKNOWN: "Command handler not found",
    FORMAT: "Invalid command format",
    PARAMETER: "Invalid parameter",
    COUNT: "Invalid number of parameters",
    BOUNDS: "Argument out of bounds",
    FILE: "File not found",
    OPERATION: "Invalid operation",
    PROJECT: "A project is required",
    WRONG_HEIGHT: "Stepping with wrong z position",
    DOOR: "The door is open",
}


class Refused(Exception):
    """A command that was not carried out: `code`, and its text as the message."""

    def __init__(self, code: int) -> None:
        super().__init__(TEXTS[code])
        self.code = code
