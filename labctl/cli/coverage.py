"""`labctl coverage`: how much of the map has a procedure, direction by direction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from labctl.cli.options import AsJson
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.indicator import Direction
    from labctl.labs import Lab


def coverage(as_json: AsJson = False) -> None:
    """Count indicators, procedures and proficient procedures of each direction."""
    from labctl.cli.find import procedures_of, whole_catalogue
    from labctl.cli.streams import say_json
    from labctl.labs import load_labs

    labs = load_labs()
    catalogue = whole_catalogue(labs)
    procedures = procedures_of(catalogue, labs)
    proficient = proficient_ids(labs)
    counts = {d.id: count(d, procedures, proficient) for d in catalogue.directions}
    if as_json:
        say_json(counts)
    else:
        show(catalogue.directions, counts)


def count(
    direction: Direction, procedures: Collection[str], proficient: Collection[str]
) -> dict[str, int]:
    """The counts of one direction.

    `measured` are those of evidence measured or evaluated that have a procedure.
    """
    served = [i for i in direction.indicators if i.id in procedures]
    return {
        "indicators": len(direction.indicators),
        "procedures": len(served),
        "measured": sum(i.evidence in ("measured", "evaluated") for i in served),
        "proficient": sum(i.id in proficient for i in served),
    }


def proficient_ids(labs: Iterable[Lab]) -> set[str]:
    """Indicators whose procedure has passed its proficiency test as it is now, over all `labs`.

    A record whose procedure, methods, drivers, emulators or models have changed since is stale.
    """
    from labctl.proficiency.record import read, record_path

    return {id for lab in labs for id in read(record_path(lab)).proficient()}


def show(directions: Iterable[Direction], counts: dict[str, dict[str, int]]) -> None:
    """Print one line a direction and the sums."""
    from labctl.cli.streams import say
    from labctl.cli.table import clip, lines
    from labctl.report.wording import title_of

    header = ["", _("direction"), _("indicators"), _("procedures"), _("measured"), _("proficient")]
    rows = [
        [d.id, clip(title_of(d), 48), *(str(n) for n in counts[d.id].values())] for d in directions
    ]
    sums = [sum(column) for column in zip(*(c.values() for c in counts.values()), strict=True)]
    for line in lines(header, [*rows, ["", _("all"), *(str(n) for n in sums)]]):
        say(line.rstrip())
