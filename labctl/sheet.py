"""The sample's sheet as a file, for `--sample`.

```toml
id = "C-17"
kind = "flexible perovskite solar cell"
lot = "2026-03"

[properties]
area = {value = 0.9987, unit = "cm**2", u = 0.0021}

[aspects]
exposure = "continuous illumination"
```
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from labctl.errors import BenchError, UsageError
from labctl.sample import Sample


def sample_in_place(option: str | None, simulated: Sample | None, kind: str) -> Sample:
    """The sample under test: the file or id that `--sample` names, else the simulated one.

    `kind` says what an id that has no sheet is. `UsageError` where nobody names a sample.
    """
    if option is None:
        if simulated is None:
            raise UsageError(
                "a real bench does not know which sample is in it",
                remedy="name it: --sample ID, or --sample FILE with its sheet",
            )
        return simulated
    if option.endswith(".toml") or Path(option).is_file():
        return load(Path(option))
    if simulated is not None:
        return msgspec.structs.replace(simulated, id=option)
    return Sample(option, kind)


def load(path: Path) -> Sample:
    """The sheet in a TOML file; `BenchError` names file and key."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BenchError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: not TOML: {error}") from error
    try:
        return msgspec.convert(rows, Sample)
    except msgspec.ValidationError as error:
        raise BenchError(f"{path}: {error}", remedy="see the format of a sample's sheet") from error
