"""What `labctl.toml` in the working directory states: where runs, leases, keys and users are.

A folder in it is relative to the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from labctl.errors import BenchError

RUNS = "LABCTL_RUNS"
"""Environment variable that names the folder of runs."""

LEASES = "LABCTL_LEASES"
"""Environment variable that names the folder of leases."""

KEYS = "LABCTL_KEYS"
"""Environment variable that names the lab's list of keys."""

WEB = "LABCTL_WEB"
"""Environment variable that names the folder of the web server's users and audit log."""

FILE = "labctl.toml"
"""File in the working directory."""


def runs_folder(option: Path | None = None) -> Path:
    """The folder of runs, not made yet.

    `option` (`--runs`), else LABCTL_RUNS, else `runs` in `labctl.toml`, else the user's data
    folder. `BenchError` where `labctl.toml` is malformed.
    """
    return option.expanduser() if option is not None else _folder(RUNS, ("runs",), "runs")


def leases_folder() -> Path:
    """The folder of leases, not made yet; all runs that share instruments must name the same.

    LABCTL_LEASES, else `folder` in `[leases]` of `labctl.toml`, else the user's data folder.
    `BenchError` where `labctl.toml` is malformed.
    """
    return _folder(LEASES, ("leases", "folder"), "leases")


def keys_list() -> Path:
    """The file with the lab's list of keys, which need not be there.

    LABCTL_KEYS, else `list` in `[keys]` of `labctl.toml`, else in the user's data folder.
    `BenchError` where `labctl.toml` is malformed.
    """
    return _folder(KEYS, ("keys", "list"), "keys.toml")


def web_folder() -> Path:
    """The folder of the web server's users and audit log, not made yet.

    LABCTL_WEB, else `folder` in `[serve]` of `labctl.toml`, else the user's data folder.
    `BenchError` where `labctl.toml` is malformed.
    """
    return _folder(WEB, ("serve", "folder"), "web")


def stated() -> Mapping[str, Any]:
    """All that `labctl.toml` states; nothing where there is none. `BenchError` for no TOML."""
    file = Path(FILE)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BenchError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{file}: not TOML: {error}") from error


def table(name: str) -> Mapping[str, Any]:
    """The table `name` of `labctl.toml`; empty where there is none. `BenchError` for no table."""
    found = stated().get(name, {})
    if not isinstance(found, dict):
        raise BenchError(f"{FILE}: key {name}: expected a table, got {found!r}")
    return cast("dict[str, Any]", found)


def _folder(variable: str, keys: tuple[str, ...], name: str) -> Path:
    if os.environ.get(variable):
        return Path(os.environ[variable]).expanduser()
    *tables, key = keys
    found = (table(tables[0]) if tables else stated()).get(key)
    if found is None:
        from labctl.platform.folders import user_data

        return user_data() / name
    if not isinstance(found, str) or not found:
        where = ".".join(keys)
        raise BenchError(f"{FILE}: key {where}: expected the path of a folder, got {found!r}")
    return Path(found).expanduser()
