"""The page of supported instruments, made from the drivers and from `drivers/quality.toml`.

`python -m rigs.conformance.page`

writes docs/instruments.md; a test compares the page with what this would write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from drivers.conformance.folder import Folder, folder_of
from drivers.conformance.quality import FOREIGN, HARDWARE, TIERS
from drivers.roles.classes import classes
from rigs.conformance.models import Model, models

HEAD = """\
# Supported instruments

<!-- Made from the drivers and drivers/quality.toml: python -m rigs.conformance.page -->

{count} drivers in {classes} of the {all} instrument classes. What the tiers mean:

| tier | what stands behind the driver |
|---|---|
| unverified | a manual, or memory; no exchange of the maker's or of another party's |
| golden | exchanges by the manual or another party's protocol tests, replayed byte for byte |
| foreign-verified | another party's driver read right values from our emulator, as ours does |
| hardware-verified | a real instrument, by serial number and date |

No driver is more than its tier says. Where no second party checked a model, driver and emulator may
share a mistake about the manual that both were written from. "Exempt" names a rule that the model
cannot keep, "accuracy guessed" functions whose limits of error are remembered or assumed.
"""
TABLE = "| model | driver | line | tier | proof | not proved |\n|---|---|---|---|---|---|\n"
FEW = 4
UNCHECKED = "no second party checked this"


def text(folder: Folder, pages: Path) -> str:
    """The page for the drivers of `folder`; a model links to its own page where `pages` has it."""
    found = models(folder)
    used = {model.instrument_class for model in found}
    head = HEAD.format(count=len(found), classes=len(used), all=len(classes()))
    order = [*classes(), *sorted(used - set(classes()))]
    return head + "".join(_section(name, found, pages) for name in order if name in used)


def _section(name: str, found: Iterable[Model], pages: Path) -> str:
    rows = (_row(model, pages) for model in found if model.instrument_class == name)
    return f"\n## {name.replace('_', ' ').capitalize()}\n\n{TABLE}{''.join(rows)}"


def _row(model: Model, pages: Path) -> str:
    page = f"{model.name.replace('.', '_')}.md"
    title = f"[{model.title}]({pages.name}/{page})" if (pages / page).is_file() else model.title
    proof = f"{_by(model)}{model.exchanges} golden exchanges: {model.entry.reason}"
    cells = (title, f"`{model.name}`", model.line, model.entry.tier, proof, "; ".join(_open(model)))
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def _by(model: Model) -> str:
    entry = model.entry
    if entry.tier == HARDWARE:
        return f"instrument {entry.serial} on {entry.date}; "
    return f"{entry.by}; " if entry.by else ""


def _open(model: Model) -> Iterator[str]:
    """What is not proved of a model."""
    if TIERS.index(model.entry.tier) < TIERS.index(FOREIGN):
        yield UNCHECKED
    for rule, why in model.entry.exemptions.items():
        yield f"exempt from {rule.replace('_', ' ')}: {why}"
    if model.guesses:
        yield f"accuracy guessed: {_few(model.guesses)}"


def _few(names: Sequence[str]) -> str:
    """The first of many names, and how many more there are."""
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]).replace("_", " ") + more


def main() -> None:
    """Write the page of our own drivers."""
    folder = folder_of("drivers")
    docs = folder.path.parent / "docs"
    page = text(folder, docs / "instruments")
    (docs / "instruments.md").write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
