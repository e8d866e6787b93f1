"""A reader that is a program of its own: it is given a file's path and prints one JSON document.

For readers under a licence that cannot be linked to (GPL, LGPL), and for a maker's own converter.
The bench names the command in `labctl-import.toml`; the path of the file is its last argument.
Nothing is passed through a shell.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from drivers.imported.beside import Program
from drivers.imported.source import Reader, Refused

LAST_WORDS = 300
"""Characters of what a failing program said that an error repeats."""


def read_by_program(program: Program, name: str, data: bytes) -> tuple[Reader, Any]:
    """What the program reads in a file of these bytes, as plain data, and who it is.

    It prints `{"reader": "...", "version": "...", "result": ...}`. The file that it sees is a copy
    with the ending of `name`, so that the bytes read are the bytes hashed. `Refused` where it
    fails, takes longer than its time-out in s, or prints something else.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"file{Path(name).suffix}"
        copy.write_bytes(data)
        printed = _printed(program, copy)
    try:
        found = json.loads(printed, parse_constant=_no_number)
        reader = Reader(str(found["reader"]), str(found["version"]))
        return reader, found["result"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"its program prints no JSON of reader, version and result: {printed[:LAST_WORDS]!r}"
        ) from error


def _printed(program: Program, copy: Path) -> str:
    command = [*program.command, str(copy)]
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=program.timeout, check=False
        )
    except FileNotFoundError as error:
        raise Refused(f"cannot be read: there is no program {command[0]!r}") from error
    except subprocess.TimeoutExpired as error:
        raise Refused(f"its program took longer than {program.timeout:g} s") from error
    except UnicodeDecodeError as error:
        raise Refused("its program prints no UTF-8") from error
    if done.returncode:
        raise Refused(f"its program refuses it: {done.stderr.strip()[-LAST_WORDS:]}")
    return done.stdout


def _no_number(word: str) -> float:
    """JSON has no NaN and no Infinity; a missing value is null."""
    raise ValueError(f"{word} is no JSON")
