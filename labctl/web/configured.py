"""The settings that `labctl.toml` states for the web server, in its table `[serve]`.

```toml
[serve]
folder = "web"                  # users, sessions, tokens, audit log
benches = ["benches"]           # folders of bench files that runs may be started on
agreements = "agreements"       # folder of agreements that runs may be started with
idle = "12 h"                   # a session ends so long after its last use
absolute = "168 h"              # and so long after its login
```
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labctl import config
from labctl.errors import BenchError, UsageError
from labctl.units import seconds
from labctl.web.settings import Settings

KNOWN = ("folder", "benches", "agreements", "idle", "absolute")


def settings(runs: Path | None = None) -> Settings:
    """What is stated, and else the defaults; `runs` is the option `--runs`.

    `BenchError` names a key of `labctl.toml` that is unknown or malformed.
    """
    found = config.table("serve")
    unknown = set(found) - set(KNOWN)
    if unknown:
        raise _wrong(min(unknown), f"one of {', '.join(KNOWN)}", min(unknown))
    made = Settings(config.web_folder(), config.runs_folder(runs), _folders(found))
    agreements = found.get("agreements")
    if agreements is not None and not isinstance(agreements, str):
        raise _wrong("agreements", "the path of a folder", agreements)
    return Settings(
        folder=made.folder,
        runs=made.runs,
        benches=made.benches,
        agreements=Path(agreements).expanduser() if agreements else None,
        idle=_time(found, "idle", made.idle),
        absolute=_time(found, "absolute", made.absolute),
    )


def _folders(found: Mapping[str, Any]) -> tuple[Path, ...]:
    names = found.get("benches", [])
    if not isinstance(names, list):
        raise _wrong("benches", "a list of folders", names)
    return tuple(Path(str(name)).expanduser() for name in names)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _time(found: Mapping[str, Any], key: str, default: float) -> float:
    if key not in found:
        return default
    try:
        length = seconds(str(found[key]))
    except UsageError as error:
        raise _wrong(key, "a time such as 12 h", found[key]) from error
    if length < 60:
        raise _wrong(key, "a minute at least", found[key])
    return length


def _wrong(key: str, wanted: str, got: object) -> BenchError:
    return BenchError(f"{config.FILE}: key serve.{key}: expected {wanted}, got {got!r}")
