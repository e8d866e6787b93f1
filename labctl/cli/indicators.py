"""`labctl indicators`: browse the indicator map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson
from labctl.errors import UsageError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.catalogue import Catalogue
    from labctl.indicator import Indicator

Query = Annotated[
    str | None, typer.Argument(metavar="[QUERY]", help=N_("An id, a direction, or words."))
]
Field = Annotated[
    str | None, typer.Option("--field", metavar="N", help=N_("Only this field, 1 to 10."))
]


def indicators(query: Query = None, field: Field = None, as_json: AsJson = False) -> None:
    """List the indicators that match `query`, with their limits and procedures."""
    from labctl.cli.find import procedures_of, whole_catalogue
    from labctl.cli.streams import say_json
    from labctl.labs import load_labs

    labs = load_labs()
    catalogue = whole_catalogue(labs)
    if field is not None and field not in catalogue.fields:
        raise UsageError(
            _("unknown field {name!r}").format(name=field),
            remedy=_("use one of {choices}").format(choices=", ".join(catalogue.fields)),
        )
    found = [i for i in catalogue.search(query or "") if field in (None, i.field)]
    procedures = procedures_of(found, labs)
    if as_json:
        say_json([as_row(indicator, procedures) for indicator in found])
    else:
        show(catalogue, found, procedures)


def as_row(indicator: Indicator, procedures: Mapping[str, str]) -> dict[str, Any]:
    """An indicator as `--json` prints it."""
    import msgspec

    return {
        "id": indicator.id,
        "direction": indicator.direction,
        "name_en": indicator.name_en,
        "name_zh": indicator.name_zh,
        "evidence": indicator.evidence,
        "method": indicator.method,
        "criteria": [msgspec.to_builtins(criterion) for criterion in indicator.criteria],
        "procedure": procedures.get(indicator.id),
    }


def show(catalogue: Catalogue, found: Sequence[Indicator], procedures: Mapping[str, str]) -> None:
    """Print the indicators under the titles of their directions; `*` marks a procedure."""
    from labctl.cli.streams import note, say
    from labctl.cli.table import clip, padded
    from labctl.report.wording import name_of, title_of, word

    direction = ""
    for indicator in found:
        if indicator.direction != direction:
            direction = indicator.direction
            say(f"{direction}  {title_of(catalogue.direction_of(indicator))}")
        mark = "*" if indicator.id in procedures else " "
        name = padded(clip(name_of(indicator), 58), 60)
        kind = padded(word(indicator.evidence), 10)
        say(f"  {mark} {padded(indicator.id, 8)} {name}{kind}{limits(indicator)}".rstrip())
    note(
        _("{count} indicators; * marks the {procedures} that have a procedure").format(
            count=len(found), procedures=len(procedures)
        )
    )


def limits(indicator: Indicator) -> str:
    """The rules of all criteria in one line."""
    from labctl.report.notation import criterion_rule

    return "; ".join(criterion_rule(criterion) for criterion in indicator.criteria)
