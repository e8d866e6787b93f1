"""What `labctl doctor` tells of the benches: what the driver of each role lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from labctl.cli.checks import Check
from labctl.errors import LabError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.lacking import BenchLacks, Lack

NAME = N_("bench")
TEXTS = {
    "tier": N_("{detail}, no second party checked it"),
    "exempt": N_("exempt from {detail}"),
    "accuracy": N_("accuracy remembered or assumed: {detail}"),
    "certificate": N_("no calibration certificate is named"),
    "driver": N_("no driver: {detail}"),
}


def benches(bench: Path | None) -> Iterator[Check]:
    """A check of each bench of every installed lab, or of the one file `bench`.

    A bench that lacks something is not wrong; one that cannot be read, or a driver of it, is.
    """
    from labctl.labs import load_labs

    try:
        labs = load_labs()
        lacking = next((lab.lacking for lab in labs if lab.lacking is not None), None)
        for one in lacking(labs, bench) if lacking is not None else ():
            yield _check(one)
    except LabError as error:
        yield Check(NAME, False, error.message, error.remedy)


def _check(one: BenchLacks) -> Check:
    lacks = {role: [_words(lack) for lack in found] for role, found in one.roles.items()}
    whole = sum(not found for found in lacks.values())
    wrong = [role for role, found in one.roles.items() if any(x.kind == "driver" for x in found)]
    text = _("{name}: {whole} of {roles} roles lack nothing")
    detail = text.format(name=one.bench, whole=whole, roles=len(lacks))
    remedy = _("correct the driver of {roles}").format(roles=", ".join(wrong)) if wrong else ""
    return Check(NAME, not wrong, detail, remedy, lacks)


def _words(lack: Lack) -> str:
    return _(TEXTS[lack.kind]).format(detail=lack.detail)
