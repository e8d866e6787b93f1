"""`labctl report --direction`: the acceptance table of a direction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.acceptance.table import Table


def write(
    direction: str, sample: str, output: Path | None, folder: Path | None, as_json: bool
) -> None:
    """Write the table of `direction` as a page and print it; with `as_json` as one document."""
    from labctl.acceptance.document import as_document
    from labctl.acceptance.table import make
    from labctl.cli.find import whole_catalogue
    from labctl.cli.streams import note, say, say_json
    from labctl.config import runs_folder
    from labctl.laboratory import laboratory
    from labctl.labs import load_labs
    from labctl.report.acceptance import file_name, state_text, write_table

    found = whole_catalogue(load_labs()).direction(direction)
    runs, lab = runs_folder(folder), laboratory()
    table = make(found, runs, sample)
    if as_json and output is None:
        say_json({**as_document(table, lab), "path": None})
        return
    path = write_table(table, lab, output or runs / file_name(direction))
    if as_json:
        say_json({**as_document(table, lab), "path": str(path)})
        return
    for line in lines(table):
        say(line)
    note(state_text(table))
    say(str(path))


def lines(table: Table) -> Iterator[str]:
    """The table as text: id, name, target, result, outcome, run k of n."""
    from labctl.cli.table import clip, lines, padded
    from labctl.report.acceptance import line_view
    from labctl.report.wording import word

    views = [line_view(line) for line in table.lines]
    header = [_("id"), _("indicator"), _("target"), _("result"), _("verdict"), _("run")]
    rows = [
        [
            view.id,
            clip((row.name and f"{view.name}: {row.name}") or view.name, 40),
            row.target,
            row.result,
            word(row.outcome or view.outcome),
            padded(view.count, 0),
        ]
        for view in views
        for row in view.rows
    ]
    for line in lines(header, rows):
        yield line.rstrip()
    yield f"{table.direction.id}: {word(table.outcome)}"
    if table.simulated:
        yield _("SIMULATED: made on simulated instruments; no acceptance.")
