"""What `labctl new` tells: the files it wrote, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from labctl.cli.streams import say, say_json
from labctl.i18n import _
from labctl.scaffold.plan import Plan
from labctl.scaffold.tree import Tree


def tell(tree: Tree, plan: Plan, as_json: bool) -> None:
    """Print the files of `plan`, by their path in `tree`, and the next steps."""
    written, changed = _paths(tree, plan.new), _paths(tree, plan.changed)
    steps = [_(step) for step in plan.next_steps]
    if as_json:
        root = str(tree.root)
        say_json({"root": root, "written": written, "changed": changed, "next": steps})
        return
    say(_("written in {folder}:").format(folder=tree.root))
    _list(written)
    if changed:
        say(_("added to:"))
        _list(changed)
    say(_("next:"))
    _list(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _paths(tree: Tree, paths: Iterable[Path]) -> list[str]:
    return sorted(path.relative_to(tree.root).as_posix() for path in paths)


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        say(f"  {line}")
