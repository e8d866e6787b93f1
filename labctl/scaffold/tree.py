"""The source tree in which something new is put: a lab's, or labctl's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl.errors import UsageError
from labctl.i18n import _
from labctl.labs import GROUP, OURS


@dataclass(frozen=True)
class Tree:
    """`root` has the pyproject.toml, `home` the folders drivers/, rigs/ and so on.

    `package` stands before the names of modules in `home`: "acme_lab." or "" in our own tree.
    """

    lab: str
    root: Path
    home: Path
    package: str

    @property
    def is_ours(self) -> bool:
        """Whether it is labctl's own tree."""
        return self.lab == OURS

    @property
    def golden(self) -> Path:
        """Where golden files lie: in the lab's package, so that they are installed with it."""
        return self.root / "tests" / "golden" if self.is_ours else self.home / "golden"

    @property
    def tests(self) -> Path:
        """Where its tests lie."""
        return self.root / "tests"

    @property
    def benches(self) -> Path:
        """Where its bench files lie."""
        return self.home / "rigs" / "benches"

    @property
    def top(self) -> str:
        """The lab's package; "" in our own tree."""
        return self.package.removesuffix(".")


def tree_around(folder: Path) -> Tree:
    """The tree that `folder` lies in; `UsageError` where it lies in no lab's."""
    for root in (folder, *folder.parents):
        if (root / "pyproject.toml").is_file():
            found = _tree(root)
            if found is not None:
                return found
    raise UsageError(
        _("{folder} lies in no lab's source tree").format(folder=folder),
        remedy=_("change into one, or make one: labctl new lab NAME"),
    )


def lab_around(folder: Path) -> Tree:
    """As `tree_around`, of a lab of its own; `UsageError` in labctl's tree."""
    found = tree_around(folder)
    if found.is_ours:
        raise UsageError(
            _("this is labctl's own tree, where such a piece is written by hand"),
            remedy=_("see CONTRIBUTING.md; or change into a lab's source tree"),
        )
    return found


def _tree(root: Path) -> Tree | None:
    try:
        data: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{root / 'pyproject.toml'}: {error}") from error
    entries: dict[str, str] = data.get("project", {}).get("entry-points", {}).get(GROUP, {})
    for lab, value in entries.items():
        if lab == OURS:
            return Tree(lab, root, root, "")
        top = value.partition(":")[0].split(".")[0]
        homes = [home for home in (root / top, root / "src" / top) if home.is_dir()]
        if homes:
            return Tree(lab, root, homes[0], f"{top}.")
    return None
