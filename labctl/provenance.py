"""Where evidence comes from: versions and hashes of the code and of what it depends on."""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

DISTRIBUTION = "labctl-hil"

_DEVELOPMENT = re.compile(r"""extra\s*==\s*["'](test|docs|foreign)["']""")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def labctl_version() -> str:
    """Version of the installed labctl; "source" where it runs without being installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "source"


@cache
def package_versions() -> dict[str, str]:
    """Versions of Python, labctl and its installed run-time dependencies, by name."""
    found = {"python": ".".join(map(str, sys.version_info[:3])), DISTRIBUTION: labctl_version()}
    for name in _required():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue  # an extra that is not installed
    return found


@cache
def code_sha256(package: str) -> str:
    """SHA-256 over all Python files of a package or module, by name and content; "" if absent."""
    spec = find_spec(package)
    if spec is None:
        return ""
    folders = spec.submodule_search_locations
    if folders is None:
        return _file_hash(Path(spec.origin)) if spec.origin else ""
    digest = hashlib.sha256()
    for folder in sorted(map(Path, folders)):
        for file in sorted(folder.rglob("*.py")):
            digest.update(f"{file.relative_to(folder).as_posix()} {_file_hash(file)}\n".encode())
    return digest.hexdigest()


def module_sha256(name: str) -> str:
    """SHA-256 of the one file behind a module or package; "" where there is none."""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return ""
    if spec is None or spec.origin is None or not spec.has_location:
        return ""
    return _file_hash(Path(spec.origin))


def text_sha256(data: bytes) -> str:
    """SHA-256 of a text file with line ends as in the repository, whatever the checkout made."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _file_hash(path: Path) -> str:
    return text_sha256(path.read_bytes())


def _required() -> list[str]:
    try:
        lines = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []
    return sorted({match[0] for line in lines if (match := _NAME.match(line)) and _runs(line)})


def _runs(requirement: str) -> bool:
    """Whether what is required takes part in a run: tests and documentation do not."""
    return _DEVELOPMENT.search(requirement) is None
