"""Where runs are kept."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from labctl.errors import BenchError

VARIABLE = "LABCTL_RUNS"
"""Environment variable that names the folder of runs."""

FILE = "labctl.toml"
"""File in the working directory; its key `runs` names the folder, relative to the file."""


def runs_folder(option: Path | None = None) -> Path:
    """The folder of runs, not made yet.

    `option` (`--runs`), else LABCTL_RUNS, else `runs` in `labctl.toml` of the working directory,
    else the user's data folder. `BenchError` where `labctl.toml` is malformed.
    """
    if option is not None:
        return option.expanduser()
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE]).expanduser()
    stated = _stated(Path(FILE))
    if stated is not None:
        return stated
    from labctl.platform.folders import user_data

    return user_data() / "runs"


def _stated(file: Path) -> Path | None:
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BenchError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{file}: not TOML: {error}") from error
    runs = rows.get("runs")
    if runs is None:
        return None
    if not isinstance(runs, str) or not runs:
        raise BenchError(f"{file}: key runs: expected the path of a folder, got {runs!r}")
    return Path(runs).expanduser()
