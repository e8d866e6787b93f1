"""By when a run is proven to have been there: a time stamp, or a head that was lodged."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from labctl.bundle import layout, tokens
from labctl.bundle.files import sum_line
from labctl.bundle.lodging import Lodged
from labctl.bundle.seal import CrateManifest
from labctl.errors import UsageError
from labctl.i18n import _
from labctl.journal.checking import verify_chain
from labctl.keys import KeyList


class Moment(msgspec.Struct, frozen=True):
    """What was there by the UTC time `utc` (ISO 8601) is proven to have been, as `by` says.

    wrong: a time stamp or a lodged head is there, and of something else.
    """

    state: Literal["proven", "unproven", "wrong"]
    text: str
    utc: str = ""
    by: str = ""


def unproven() -> Moment:
    """Where nobody else saw it."""
    text = _("unproven: there is no time stamp, and no lodged head was given")
    return Moment("unproven", text)


def stamped(folder: Path, manifest: CrateManifest | None, keys: KeyList) -> Moment:
    """What the time stamp of the bundle in `folder` proves."""
    token, beside = folder / layout.TOKEN, folder / layout.TOKEN_SUM
    if not token.exists() and not beside.exists():
        return unproven()
    if manifest is None or not token.is_file() or not beside.is_file():
        return Moment("wrong", _("the time stamp is not whole"))
    data = token.read_bytes()
    if beside.read_bytes() != sum_line(layout.TOKEN, data):
        return Moment("wrong", _("the time stamp was altered"))
    try:
        found = tokens.read(data, manifest.canonical, keys.authority)
    except UsageError as error:
        return Moment("wrong", error.message)
    if not found.by:
        text = _("unproven: a time stamp says {utc}; {why}").format(utc=found.utc, why=found.why)
        return Moment("unproven", text, found.utc)
    text = _("{utc} by {name}").format(utc=found.utc, name=found.by)
    return Moment("proven", text, found.utc, found.by)


def lodged(journal: Path, run: str, one: Lodged) -> Moment:
    """What the lodged head proves of the run `run` with that journal."""
    if one.run != run:
        return Moment("wrong", _("the lodged head is that of the run {run}").format(run=one.run))
    chain = verify_chain(journal, {one.transactions})
    if chain.heads.get(one.transactions) != one.head:
        text = _("the head lodged at {utc} is not in this journal: it was altered since")
        return Moment("wrong", text.format(utc=one.utc))
    text = _("{utc} by the lodged head of transaction {number}")
    text = text.format(utc=one.utc, number=one.transactions)
    return Moment("proven", text, one.utc, "lodged head")
