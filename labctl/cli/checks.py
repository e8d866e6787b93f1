"""The checks of `labctl doctor`; each looks at one thing and returns what it found."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryFile

from packaging.requirements import Requirement

from labctl.errors import LabError
from labctl.i18n import N_, current

DISTRIBUTION = "labctl-hil"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; of a bench also what each role `lacks`, in words."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    lacks: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def as_dict(self) -> dict[str, object]:
        """As `--json` prints it; `lacks` is there where it was looked for."""
        found = asdict(self)
        return found if self.lacks else {k: v for k, v in found.items() if k != "lacks"}


def python() -> Check:
    """Python 3.11 or later."""
    ok = sys.version_info >= (3, 11)
    remedy = "" if ok else "install Python 3.11 or later"
    detail = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
    return Check(N_("Python"), ok, detail, remedy)


def names() -> Check:
    """None of our package names is shadowed."""
    from labctl.labs import OUR_PACKAGES, check_names

    name = N_("package names")
    try:
        check_names()
    except LabError as error:
        return _wrong(name, error)
    return Check(name, True, ", ".join(OUR_PACKAGES))


def labs() -> Check:
    """Every installed lab can be loaded."""
    from labctl.labs import load_labs

    name = N_("labs")
    try:
        found = load_labs()
    except LabError as error:
        return _wrong(name, error)
    return Check(name, True, ", ".join(lab.name for lab in found))


def libraries() -> Check:
    """Every library that labctl requires is installed in a version that fits."""
    from importlib.metadata import PackageNotFoundError

    name = N_("libraries")
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        remedy = "python -m pip install -e ."
        return Check(name, False, f"{DISTRIBUTION} is not installed", remedy)
    needed = [one for one in map(Requirement, required) if _applies(one)]
    wrong = [text for text in map(_wrong_version, needed) if text]
    if wrong:
        return Check(name, False, "; ".join(wrong), "python -m pip install -e .")
    return Check(name, True, f"{len(needed)}")


def _applies(requirement: Requirement) -> bool:
    """Whether the requirement holds on this system without any extra."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _wrong_version(requirement: Requirement) -> str:
    """What is wrong with one requirement as installed, or ""."""
    try:
        installed = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return f"{requirement.name} is not installed"
    if requirement.specifier.contains(installed, prereleases=True):
        return ""
    return f"{requirement.name} {installed} is installed, {requirement.specifier} is needed"


def catalogue() -> Check:
    """The indicator map can be read."""
    from labctl.catalogue import load

    name = N_("indicator map")
    try:
        known = load()
    except LabError as error:
        return _wrong(name, error)
    return Check(name, True, f"{len(known.indicators)} / {len(known.directions)}")


def runs_writable(option: Path | None) -> Check:
    """A file can be written in the runs folder."""
    from labctl.config import runs_folder

    name, remedy = N_("runs folder"), "choose another folder: --runs DIR or LABCTL_RUNS"
    try:
        folder = runs_folder(option)
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return Check(name, True, str(folder))
    except LabError as error:
        return _wrong(name, error)
    except OSError as error:
        return Check(name, False, str(error), remedy)


def leases() -> Check:
    """A file can be made in the folder of leases; how many are held and how many were left."""
    from collections import Counter

    from labctl.config import leases_folder
    from labctl.leases import standing

    name, remedy = N_("leases folder"), "let labctl.toml name another: [leases] folder = ..."
    try:
        folder = leases_folder()
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            states = Counter(one.state for one in standing(folder))
    except LabError as error:
        return _wrong(name, error)
    except OSError as error:
        return Check(name, False, str(error), remedy)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return Check(name, True, f"{folder}: {told}" if told else str(folder))


def notices() -> Check:
    """The table `[notices]` of labctl.toml is right, and its secrets are there."""
    from labctl.notices import read_config

    name = N_("notices")
    try:
        known = read_config()
    except LabError as error:
        return _wrong(name, error)
    return Check(name, True, ", ".join(known.recipients) or "-")


def language() -> Check:
    """The language in use; both are always there."""
    from labctl.i18n import translations

    return Check(N_("language"), bool(translations("zh").entries), current())


def encodings() -> Check:
    """stdout and stderr are UTF-8, and file names can hold Chinese characters."""
    streams = [(stream.encoding or "").lower() for stream in (sys.stdout, sys.stderr)]
    files = sys.getfilesystemencoding().lower()
    ok = all(name in ("utf-8", "utf8") for name in (*streams, files))
    remedy = "" if ok else "start Python in UTF-8 mode: PYTHONUTF8=1"
    return Check(N_("encodings"), ok, f"stdout, stderr {streams[0]}; files {files}", remedy)


def _wrong(name: str, error: LabError) -> Check:
    return Check(name, False, error.message, error.remedy)
