"""A foreign lab: the package that `labctl new lab` writes, made known without installing it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from labctl.scaffold.lab import plan_lab
from labctl.scaffold.tree import Tree
from tests.house.tree import ROOT

ENTRY = "[labctl.labs]\n{lab} = {top}.lab:LAB\n"
METADATA = "Metadata-Version: 2.1\nName: {lab}-lab\nVersion: 0.1.0\n"


def make(lab: str, folder: Path) -> Tree:
    """Write the lab below `folder`, with the metadata of an installed distribution beside it."""
    tree, plan = plan_lab(lab, folder)
    plan.carry_out()
    known = folder / "site" / f"{lab}_lab-0.1.0.dist-info"
    known.mkdir(parents=True)
    for name, text in (("entry_points.txt", ENTRY), ("METADATA", METADATA)):
        (known / name).write_text(text.format(lab=lab, top=tree.top), encoding="utf-8")
    return tree


def replace(path: Path, old: str, new: str) -> None:
    """Exchange `old`, which must be there, in the file `path`."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def python(
    tree: Tree, *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python in a process that knows the lab, in `folder` (its source tree)."""
    path = [str(tree.root.parent / "site"), str(tree.root), str(ROOT)]
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder or tree.root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=110,
    )


def pytest_in(
    tree: Tree, *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run pytest, quietly and without a cache."""
    quiet = ("-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    return python(tree, "pytest", *quiet, *arguments, folder=folder)
