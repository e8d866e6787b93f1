"""What a report says of the corrections that stand behind its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from labctl.calibration.certificate import Certificate, Table
from labctl.i18n import N_
from labctl.words import Text, Words

CORRECTED = N_("Readings are corrected by {table}; the raw ones stand in the journal.")
PARTLY = N_(
    "Readings are corrected by {table}; for those outside its points the data sheet's accuracy "
    "stands, without a correction."
)
UNUSED = N_(
    "No table of the certificate {number} of the instrument {serial} stood for a reading: its data "
    "sheet's accuracy stands."
)


def named(certificate: Certificate, table: Table) -> str:
    """The certificate and the table as budgets and sentences name them."""
    laboratory = f", {certificate.laboratory}" if certificate.laboratory else ""
    return f"certificate {certificate.number}{laboratory}, {certificate.calibrated}: {table.name}"


def said(
    reached: Mapping[str, bool], certificates: Iterable[Certificate], read: Iterable[str]
) -> tuple[Words, ...]:
    """What corrected the readings of a figure: tables as `named`, with whether their points reached
    all readings. Of an instrument that was `read` (serial numbers) it is said where none did."""
    return (*_corrected(reached), *_unused(reached, certificates, frozenset(read)))


def _corrected(reached: Mapping[str, bool]) -> Iterator[Text]:
    for table, whole in sorted(reached.items()):
        yield Text(CORRECTED if whole else PARTLY, {"table": table})


def _unused(
    reached: Mapping[str, bool], certificates: Iterable[Certificate], read: frozenset[str]
) -> Iterator[Text]:
    for one in certificates:
        names = {named(one, table) for table in one.tables}
        if names and one.serial in read and not names & set(reached):
            yield Text(UNUSED, {"number": one.number, "serial": one.serial})
