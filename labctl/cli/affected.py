"""`labctl affected`: which verdicts rest on an instrument that was found out of specification."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.errors import UsageError
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.affected.enlarged import Enlargement
    from labctl.affected.finding import Affected, Findings

Serial = Annotated[
    str, typer.Option("--serial", metavar="S", help=N_("Serial number of the instrument."))
]
Since = Annotated[
    str, typer.Option("--since", metavar="DATE", help=N_("First day or moment (ISO 8601, UTC)."))
]
Until = Annotated[
    str, typer.Option("--until", metavar="DATE", help=N_("Last day or moment; else until now."))
]
Gain = Annotated[
    float | None,
    typer.Option("--gain", metavar="X", help=N_("Its error, as a fraction of the reading.")),
]
Offset = Annotated[
    float | None,
    typer.Option("--offset", metavar="X", help=N_("Its error, in the unit of the readings.")),
]
Function = Annotated[
    str,
    typer.Option("--function", metavar="NAME", help=N_("The function that is wrong; else all.")),
]
CertificateFile = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="FILE", help=N_("The certificate that found the error.")),
]
WARNED = 2
"""Exit code where a verdict is affected."""


def affected(
    serial: Serial,
    since: Since,
    until: Until = "",
    gain: Gain = None,
    offset: Offset = None,
    function: Function = "",
    certificate: CertificateFile = None,
    folder: RunsFolder = None,
    as_json: AsJson = False,
) -> int:
    """List the items that rest on the instrument's readings, and judge them again."""
    from labctl.affected.finding import Question, find
    from labctl.affected.uses import Span
    from labctl.cli.streams import say, say_json
    from labctl.config import runs_folder

    span = Span(_moment(since, last=False), _moment(until, last=True) if until else float("inf"))
    question = Question(serial, span, _enlargement(serial, gain, offset, function, certificate))
    found = find(runs_folder(folder), question)
    if as_json:
        say_json(as_document(serial, since, until, found))
    else:
        for line in lines(serial, found):
            say(line)
    return WARNED if found.items or found.unreadable else 0


def as_document(serial: str, since: str, until: str, found: Findings) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "serial": serial,
        "since": since,
        "until": until or None,
        "items": [_row(one) for one in found.items],
        "unreadable": list(found.unreadable),
    }


def lines(serial: str, found: Findings) -> Iterator[str]:
    """The items as a table, and what it means."""
    from labctl.cli.table import lines
    from labctl.report.wording import word

    header = [_("run"), _("id"), _("sample"), _("readings"), _("was"), _("now"), _("why")]
    rows = [
        [
            one.run,
            one.id,
            one.sample or "-",
            str(sum(use.count for use in one.uses)),
            word(one.was) if one.was else "-",
            word(one.now) if one.now else _("not known"),
            _(one.why),
        ]
        for one in found.items
    ]
    for line in lines(header, rows) if rows else ():
        yield line.rstrip()
    for text in found.unreadable:
        yield _("cannot be read, and may be affected: {run}").format(run=text)
    unproven = sum(not one.proven for one in found.items)
    text = _("{count} items rest on {serial}; {unproven} verdicts are not proven any more")
    yield text.format(count=len(found.items), serial=serial, unproven=unproven)
    if found.items:
        yield _("All of them stand under a warning and are no acceptance until it is settled.")


def _row(one: Affected) -> dict[str, Any]:
    return {
        "run": one.run,
        "path": str(one.path),
        "id": one.id,
        "sample": one.sample or None,
        "simulated": one.simulated,
        "was": None if one.was is None else str(one.was),
        "now": None if one.now is None else str(one.now),
        "changed": one.changed,
        "proven": one.proven,
        "acceptance": False,
        "why": one.why,
        "ratio": one.ratio,
        "readings": [
            {
                "channel": use.channel,
                "function": None if use.accuracy is None else use.accuracy.function,
                "count": use.count,
                "first": use.first,
                "last": use.last,
            }
            for use in one.uses
        ],
    }


def _moment(text: str, *, last: bool) -> float:
    """Unix time in s of a moment; of a date its beginning, or its end where it is the `last`."""
    from datetime import UTC, datetime, timedelta

    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            _("not a date: {text!r}").format(text=text), remedy="2026-11-23, 2026-11-23T08:00:00Z"
        ) from error
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    whole_day = last and not any(mark in text for mark in "T :")
    return (when + timedelta(days=1) if whole_day else when).timestamp()


def _enlargement(
    serial: str, gain: float | None, offset: float | None, function: str, file: Path | None
) -> Enlargement | None:
    from labctl.affected.enlarged import Found, Stated

    if file is not None:
        if gain is not None or offset is not None:
            raise UsageError(_("give --certificate, or --gain and --offset, not both"))
        from labctl.calibration.files import load

        certificate = load(file)
        if certificate.serial != serial:
            text = _("{file} is the certificate of {other}, not of {serial}")
            raise UsageError(text.format(file=file, other=certificate.serial, serial=serial))
        if certificate.as_found == "within":
            raise UsageError(_("the certificate found it within its specification"))
        if certificate.adjusted:
            raise UsageError(
                _("the certificate's tables are those after an adjustment"),
                remedy=_("state the error that was found: --gain and --offset"),
            )
        return Found(certificate)
    if gain is None and offset is None:
        return None
    return Stated(abs(gain or 0.0), abs(offset or 0.0), function)
