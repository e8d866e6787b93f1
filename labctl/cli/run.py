"""`labctl run`: run procedures on a bench and judge what they measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from labctl.cli.options import AsJson, Detach, RunsFolder
from labctl.i18n import N_

Targets = Annotated[
    list[str],
    typer.Argument(metavar="TARGET", help=N_("Indicators, directions, fields, or 'all'.")),
]
Bench = Annotated[
    Path | None,
    typer.Option("--bench", metavar="FILE", help=N_("Bench file; without it a simulated bench.")),
]
Dut = Annotated[
    str,
    typer.Option("--dut", metavar="DUT", help=N_("Simulated device: nominal, failing or a file.")),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help=N_("Seed of all random streams."))]
AgreementFile = Annotated[
    Path | None,
    typer.Option("--agreement", metavar="FILE", help=N_("What is agreed before the test.")),
]
SampleId = Annotated[
    str | None,
    typer.Option("--sample", metavar="ID", help=N_("Id (barcode) of the sample, or its sheet.")),
]
Dossier = Annotated[
    Path | None,
    typer.Option("--dossier", metavar="DIR", help=N_("Folder of documents with its index.")),
]
Time = Annotated[
    Literal["virtual", "real"] | None,
    typer.Option("--time", help=N_("Virtual where every instrument is simulated.")),
]


Trace = Annotated[
    bool, typer.Option("--trace", help=N_("Write every transaction into the run's folder."))
]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help=N_("Script that answers the prompts.")),
]
Override = Annotated[
    list[str] | None,
    typer.Option(
        "--override-calibration",
        metavar="'NAME: WHY'",
        help=N_("Begin although a calibration ends before; an engineer answers for it."),
    ),
]
Guarded = Annotated[
    bool,
    typer.Option("--guarded", help=N_("In processes of its own; a real bench always is.")),
]


def run(
    targets: Targets,
    bench: Bench = None,
    dut: Dut = "nominal",
    seed: Seed = 1,
    agreement: AgreementFile = None,
    sample: SampleId = None,
    folder: RunsFolder = None,
    dossier: Dossier = None,
    time: Time = None,
    trace: Trace = False,
    answers: Answers = None,
    override: Override = None,
    guarded: Guarded = False,
    detach: Detach = False,
    as_json: AsJson = False,
) -> None:
    """Run the procedures of the targets, print their verdicts and write the report."""
    from labctl.agreement import default, load
    from labctl.cli.find import whole_catalogue
    from labctl.cli.perform import is_guarded, is_virtual, operator, perform
    from labctl.config import runs_folder
    from labctl.engine import RunRequest
    from labctl.labs import load_labs
    from labctl.lasting import override_of

    if answers is not None:
        from labctl.asking.script import load_script

        load_script(answers)  # what is wrong in it is told before anything is begun
    apart = is_guarded(guarded or detach, time, bench)
    request = RunRequest(
        targets=tuple(targets),
        items=whole_catalogue(load_labs()).select(*targets),
        agreement=load(agreement) if agreement else default(),
        runs=runs_folder(folder),
        bench=bench,
        dut=dut,
        seed=seed,
        sample=sample,
        dossier=dossier,
        virtual=is_virtual(time, bench, dossier) and not apart,
        operator=operator(bench),
        trace=trace,
        answers=answers,
        overrides=tuple(map(override_of, override or ())),
    )
    if apart:
        from labctl.cli.guarded import perform_guarded

        raise typer.Exit(perform_guarded(request, as_json, detach=detach))
    raise typer.Exit(perform(request, as_json))
