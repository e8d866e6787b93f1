"""The folder of a dossier as the bench of a document indicator."""

from __future__ import annotations

import tempfile
import tomllib
from contextlib import AsyncExitStack
from pathlib import Path

from labctl.errors import BenchError
from rigs.dossier import DossierRig
from rigs.opened import Opened

INDEX = "dossier.toml"
MADE_BY_SIMULATION = "SIM-"
"""What the name of a simulated dossier's preparer begins with."""


def opened_dossier(folder: Path, lines: AsyncExitStack) -> Opened:
    """The dossier in `folder`; `BenchError` where that is no folder.

    What its index says is the procedure's to check; here it is read for the record, and for
    whether the simulation made it.
    """
    if not folder.is_dir():
        raise BenchError(
            f"{folder} is no folder", remedy=f"name the folder that holds {INDEX} with --dossier"
        )
    text = _index(folder)
    return Opened(
        rig=DossierRig(folder),
        instruments=(),
        sample=None,
        simulated=_preparer(text).startswith(MADE_BY_SIMULATION),
        bench_name=DossierRig.name,
        bench_text=text,
        contributions={},
        lines=lines,
    )


def simulated_folder(lines: AsyncExitStack) -> Path:
    """An empty folder for a simulated dossier; it is removed when `lines` are closed."""
    return Path(lines.enter_context(tempfile.TemporaryDirectory(prefix="labctl-dossier-")))


def _index(folder: Path) -> str:
    try:
        return (folder / INDEX).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""  # the procedure names what is wrong with it


def _preparer(text: str) -> str:
    try:
        return str(tomllib.loads(text).get("prepared_by", ""))
    except tomllib.TOMLDecodeError:
        return ""
