"""`labctl certificate`: what a calibration certificate says, as labctl reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labctl.cli.options import AsJson
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.calibration import Certificate, Table

CertificateFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help=N_("A certificate: TOML, or a Digital Calibration Certificate (XML).")
    ),
]
AsToml = Annotated[
    bool, typer.Option("--toml", help=N_("Print it as TOML, to be completed by hand."))
]


def certificate(file: CertificateFile, as_json: AsJson = False, as_toml: AsToml = False) -> None:
    """Read a calibration certificate and print what was read, or what is wrong with it.

    Signatures are not checked.
    """
    import msgspec

    from labctl.calibration.files import load
    from labctl.calibration.tomlfile import dumped
    from labctl.cli.streams import note, say, say_json
    from labctl.errors import UsageError

    if as_json and as_toml:
        raise UsageError("a certificate is printed in one form", remedy="--json or --toml")
    found = load(file)
    if as_json:
        say_json(msgspec.to_builtins(found))
    elif as_toml:
        say(dumped(found))
        note(_("signatures are not in it; keep the file {file}").format(file=found.file))
    else:
        for line in _lines(found):
            say(line)


def _lines(found: Certificate) -> Iterator[str]:
    yield _("certificate {number} of {laboratory}").format(
        number=found.number, laboratory=found.laboratory
    )
    yield _("instrument: {serial}").format(serial=found.serial)
    yield _("calibrated {calibrated}, due {due}").format(
        calibrated=found.calibrated, due=found.due or _("not stated")
    )
    states = {"within": _("within its specification"), "outside": _("outside its specification")}
    yield _("as found: {state}").format(state=states.get(found.as_found, _("not stated")))
    if found.adjusted:
        yield _("it was adjusted; the tables are those after it")
    yield _("SHA-256: {sha256}").format(sha256=found.sha256)
    for table in found.tables:
        yield from _table(table)
    for text in found.unread:
        yield _("not a table: {text}").format(text=text)


def _table(table: Table) -> Iterator[str]:
    from labctl.cli.table import lines

    yield ""
    of = _("no function yet: say with certificate_tables on the bench, or in TOML")
    if table.function:
        of = _("{function}, range {range} {unit}").format(
            function=table.function, range=f"{table.range:g}", unit=table.unit
        )
    yield f"{table.name} ({of})"
    if table.temperature is not None:
        low, high = table.temperature
        yield _("at {low} to {high} degC").format(low=f"{low:g}", high=f"{high:g}")
    unit = f"[{table.unit}]"
    header = [f"{name} {unit}" for name in (_("reading"), _("correction"))]
    header += [f"U {unit}" if table.distribution in ("normal", "t") else f"± {unit}", "k"]
    rows = [
        [f"{one.reading:.9g}", f"{one.correction:.6g}", f"{one.expanded:.6g}", f"{one.k:g}"]
        for one in table.points
    ]
    for line in lines(header, rows):
        yield line.rstrip()
    shape = table.distribution + (f" ({table.freedom:g})" if table.freedom else "")
    yield _("distribution: {shape}").format(shape=shape)
