"""`labctl demo`: a first run without hardware."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import typer

from labctl.cli.options import AsJson, RunsFolder

if TYPE_CHECKING:
    from labctl.indicator import Indicator

DIRECTION = "1.1"
"""Flexible perovskite solar modules: every kind of evidence, seconds to run."""


def demo(folder: RunsFolder = None, as_json: AsJson = False) -> None:
    """Measure a simulated solar cell, check a dossier, print verdicts and write the report."""
    from labctl.agreement import default
    from labctl.cli.find import procedures_of, whole_catalogue
    from labctl.cli.perform import perform
    from labctl.config import runs_folder
    from labctl.engine import RunRequest
    from labctl.labs import load_labs

    labs = load_labs()
    indicators = whole_catalogue(labs).select(DIRECTION)
    items = chosen(indicators, procedures_of(indicators, labs))
    request = RunRequest(
        targets=tuple(item.id for item in items),
        items=items,
        agreement=default(),
        runs=runs_folder(folder),
    )
    raise typer.Exit(perform(request, as_json))


def chosen(indicators: Iterable[Indicator], procedures: Mapping[str, str]) -> tuple[Indicator, ...]:
    """All measured or evaluated indicators that have a procedure, and one document."""
    served = [i for i in indicators if i.id in procedures]
    documents = [i for i in served if i.evidence == "document"]
    return (*(i for i in served if i.evidence != "document"), *documents[:1])
