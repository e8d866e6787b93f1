"""A new lab with one defect, imported into this process under a name of its own."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from labctl.labs import LABCTL_API, Lab
from labctl.scaffold.tree import Tree
from tests.labctl import foreignlab
from tests.labctl.fakelab import FakeLab

_numbers = count(1)


def make(folder: Path, patch: pytest.MonkeyPatch) -> Tree:
    """A whole lab in `folder`, which Python finds until the test ends."""
    tree = foreignlab.make(f"defect{next(_numbers)}", folder)
    patch.syspath_prepend(str(tree.root))
    return tree


def lab(tree: Tree) -> Lab:
    """The lab of `tree`, as its entry point would state it."""
    names = ("drivers", "rigs", "procedures", "sim_backends")
    packages = {name: f"{tree.top}.{name}" for name in names}
    return Lab(tree.lab, LABCTL_API, packages, FakeLab().open)


def driver(tree: Tree) -> Path:
    """The driver of its only instrument."""
    return tree.home / "drivers" / tree.lab / "v1.py"


def emulator(tree: Tree) -> Path:
    """The emulator of its only instrument."""
    return tree.home / "sim_backends" / "emulators" / tree.lab / "v1.py"
