"""`labctl plan`: what a run on this bench will come to, rehearsed in virtual time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labctl.cli.options import AsJson
from labctl.cli.run import AgreementFile, SampleId, Seed, Targets
from labctl.i18n import N_

Bench = Annotated[
    Path | None,
    typer.Option("--bench", metavar="FILE", help=N_("Bench file; a real one is only rehearsed.")),
]
Dut = Annotated[
    str,
    typer.Option("--dut", metavar="DUT", help=N_("Expected device: nominal, or a file.")),
]
Rehearsals = Annotated[
    int,
    typer.Option("--rehearsals", metavar="N", help=N_("How often each item is rehearsed.")),
]


def plan(
    targets: Targets,
    bench: Bench = None,
    dut: Dut = "nominal",
    seed: Seed = 1,
    agreement: AgreementFile = None,
    sample: SampleId = None,
    rehearsals: Rehearsals = 2,
    as_json: AsJson = False,
) -> None:
    """Rehearse the targets and say whether a PASS is attainable, and what a run takes."""
    from labctl.agreement import default, load
    from labctl.cli.find import whole_catalogue
    from labctl.cli.plan_text import say_plan
    from labctl.cli.progress import shown
    from labctl.cli.streams import say_json
    from labctl.labs import load_labs
    from labctl.planning.answers import EXIT_CODES
    from labctl.planning.make import PlanRequest, make_plan

    with shown(quiet=as_json) as show:
        request = PlanRequest(
            targets=tuple(targets),
            items=whole_catalogue(load_labs()).select(*targets),
            agreement=load(agreement) if agreement else default(),
            bench=bench,
            dut=dut,
            sample=sample,
            seed=seed,
            rehearsals=rehearsals,
            on_progress=show,
        )
        found = make_plan(request)
    if as_json:
        say_json(found.as_dict())
    else:
        say_plan(found)
    raise typer.Exit(EXIT_CODES.get(found.answer, 0))
