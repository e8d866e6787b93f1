"""Which procedures are touched by what differs from a commit, by the record of their code.

The record of proficiency holds the modules that each procedure was tried with: its own, methods,
drivers, emulators, models, bench. A procedure that is not on record counts as touched.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from labctl.discovery import procedure_for
from labctl.engine import Resolve
from labctl.errors import UsageError
from labctl.indicator import Indicator
from labctl.labs import Lab
from labctl.proficiency.code import Code
from labctl.proficiency.record import Record, read, record_path


def touched(
    indicators: Iterable[Indicator], base: str, resolve: Resolve = procedure_for
) -> list[Indicator]:
    """The indicators whose procedure uses a file that differs from the commit `base`.

    `UsageError` where a lab's code is in no work tree of git, or `base` is no commit there.
    """
    records: dict[str, Record] = {}
    files: dict[str, frozenset[Path]] = {}
    verdicts: dict[str, bool] = {}
    found: list[Indicator] = []
    for one in indicators:
        bound = resolve(one)
        if bound is None:
            continue
        name, lab = bound.procedure.name, bound.lab
        if lab.name not in files:
            records[lab.name] = read(record_path(lab))
            files[lab.name] = _of_lab(lab, base)
        if name not in verdicts:
            verdicts[name] = _is_touched(name, records[lab.name], files[lab.name])
        if verdicts[name]:
            found.append(one)
    return found


def differing(root: Path, base: str) -> frozenset[Path]:
    """Files of the work tree `root` that differ from the commit `base`, new ones too."""
    names = _git(root, "diff", "--name-only", "-z", base, "--").split("\0")
    names += _git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return frozenset((root / name).resolve() for name in names if name)


def files_of(code: Code) -> Iterator[Path | None]:
    """The files of the modules and of the bench of `code`; None for one that is not there."""
    kinds = (code.method, code.drivers, code.emulators, code.models)
    for name in (code.procedure, *(name for kind in kinds for name in kind)):
        yield _origin(name)
    package, _, name = code.bench.partition(":")
    if package:
        folder = _folder(package)
        yield None if folder is None else (folder / name).resolve()


def _is_touched(procedure: str, record: Record, files: frozenset[Path]) -> bool:
    if procedure not in record.code:
        return True
    used = files_of(record.code[procedure].modules)
    return any(path is None or path in files for path in used)


def _of_lab(lab: Lab, base: str) -> frozenset[Path]:
    """What differs in the work trees of the lab's packages."""
    folders = [folder for name in lab.packages.values() if (folder := _folder(name)) is not None]
    trees = {_git(each, "rev-parse", "--show-toplevel").strip() for each in folders}
    return frozenset(path for tree in trees for path in differing(Path(tree), base))


def _origin(module: str) -> Path | None:
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin).resolve() if spec is not None and spec.origin else None


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    return Path(folders[0]).resolve() if folders else None


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        raise UsageError(f"git cannot be run: {error}", remedy="install git") from error
    if done.returncode != 0:
        raise UsageError(
            f"git {words[0]} failed in {folder}: {done.stderr.strip()}",
            remedy="name a commit of the work tree that the code lies in",
        )
    return done.stdout
