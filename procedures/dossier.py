"""The procedure of every document indicator: a dossier is read, checked and counted."""

from __future__ import annotations

from labctl.errors import BenchError
from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.documents import counting, findings, reading
from procedures.documents.format import Dossier
from procedures.documents.ids import IDS
from rigs.dossier import DossierRig


@procedure(*IDS, rig=DossierRig)
async def dossier(run: Run, rig: DossierRig) -> Evidence:
    """Count what the dossier's entries show, row by row, on the day of the run (UTC)."""
    read = await run.step("dossier", lambda: reading.read(rig.folder), Dossier)
    if read.index.indicator != run.item:
        raise BenchError(
            f"{rig.folder / reading.INDEX}: indicator is {read.index.indicator!r}",
            remedy=f"this run is about {run.item}; name the dossier of that indicator",
        )
    wanted = run.wanted()
    counted = counting.count(read, wanted)
    await run.attach("check-list.json", findings.check_list(read, counted), "application/json")
    for observed in findings.conditions(read, counted):
        run.observe(observed)
    return run.evidence(
        counted.results,
        how=findings.account(read, counted, wanted),
        left_out=findings.left_out(counted),
        missing=counted.missing,
    )
