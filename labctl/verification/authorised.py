"""What became of the authorisation of a run: void by an amendment, or by somebody's hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labctl.acceptance.authorisation import FILE, read
from labctl.acceptance.standing import LATER, REGISTER, standing
from labctl.errors import LabError
from labctl.register import Entry
from labctl.verification.problems import Problem

VOID = "the authorisation is void"
"""How a problem with the last authorisation begins; a new one takes its place."""


def told(folder: Path, own: Sequence[Entry]) -> tuple[list[Problem], list[str]]:
    """Problems and remarks on the authorisation in the run's `folder`; `own` are the entries of the
    register. An authorisation that an amendment voided is a remark: nobody did anything wrong."""
    try:
        stands, given = standing(folder), read(folder)
    except LabError as error:
        return [Problem("altered", error.message)], []
    known = {one.sha256 for one in given}
    lost = [e.utc for e in own if e.event == "authorised" and e.authorisation not in known]
    problems = [Problem("missing", f"{FILE} lacks the authorisation of {utc}") for utc in lost]
    suspect = list(stands.suspect)
    entered = {entry.authorisation for entry in own}
    if own and given and given[-1].sha256 not in entered and REGISTER not in suspect:
        suspect.append(REGISTER)  # of a bundle, which has the run's own lines alone
    problems += [Problem("altered", f"{VOID}: {why}") for why in suspect]
    late = [f"{VOID}: {why}" for why in stands.why if why == LATER]
    return problems, late
