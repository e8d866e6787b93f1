"""The calibrations that a bench file states, by itself or in certificate files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import msgspec

from labctl import calibration, clock, rehearsing
from labctl.calibration.assigning import assigned
from labctl.calibration.files import load
from labctl.calibration.refusal import Where
from labctl.errors import BenchError
from labctl.evidence import Instrument
from rigs.bench import Bench
from rigs.bench_entries import RoleEntry, StandardEntry


def certificates_of(bench: Bench) -> tuple[rehearsing.Certificate, ...]:
    """A row for every role, and one for each standard (reference cell, shunt) that there is.

    `BenchError` where a certificate file is wrong.
    """
    found = stated(bench)
    return tuple(_row(name, found.get(name)) for name in (*bench.roles, *_standards(bench)))


def readable(bench: Bench) -> tuple[rehearsing.Certificate, ...]:
    """As `certificates_of`, without any where a certificate file is wrong: a bench is made safe all
    the same, and its due days are told where it is opened."""
    try:
        return certificates_of(bench)
    except BenchError:
        return ()


def _row(name: str, one: calibration.Certificate | None) -> rehearsing.Certificate:
    if one is None:
        return rehearsing.Certificate(name)
    return rehearsing.Certificate(name, one.number, _day(one.calibrated), _day(one.due))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def stated(bench: Bench) -> dict[str, calibration.Certificate]:
    """The certificates by role, as far as `bench` states any; those of standards under their names.

    The serial number is that which the file states, "" where there is no file. `BenchError` names
    file, line and key.
    """
    found: dict[str, calibration.Certificate] = {}
    for role, entry in bench.roles.items():
        one = _of_file(bench, role, entry) if entry.certificate_file else _of_entry(entry, "")
        if one is not None:
            found[role] = one
    for name, standard in _standards(bench).items():
        one = _of_entry(standard, standard.serial)
        if one is not None:
            found[name] = one
    return found


def _standards(bench: Bench) -> dict[str, StandardEntry]:
    """The calibrated things without a line, by name."""
    known: dict[str, StandardEntry | None] = {
        rehearsing.REFERENCE_CELL: bench.reference_cell,
        rehearsing.BOTTOM_CELL: bench.bottom_cell,
        rehearsing.SHUNT: bench.shunt,
        rehearsing.TRANSFORMER: bench.current_transformer,
        rehearsing.DC_TRANSDUCER: bench.dc_transducer,
    }
    return {name: entry for name, entry in known.items() if entry is not None}


def answered(
    bench: Bench,
    known: Mapping[str, calibration.Certificate],
    instruments: Iterable[Instrument],
) -> dict[str, calibration.Certificate]:
    """The certificates `known` by role, each with the serial number that the instrument answered.

    `BenchError` where a certificate file is that of another instrument.
    """
    found = dict(known)
    for one in instruments:
        certificate, serial = found.get(one.role), one.identity.serial
        if certificate is None:
            continue
        if certificate.file and certificate.serial != serial:
            raise bench.wrong(
                ("roles", one.role, "certificate_file"),
                f"{certificate.file} is the certificate of the instrument {certificate.serial}; "
                f"{one.identity.model} {serial or 'without a serial number'} answers at "
                f"{one.address}",
                "name the certificate of this instrument, or connect the other one",
            )
        found[one.role] = msgspec.structs.replace(certificate, serial=serial)
    return found


def predicted(
    real: Mapping[str, calibration.Certificate], instruments: Iterable[Instrument]
) -> dict[str, calibration.Certificate]:
    """Certificates of a real bench on the simulated counterparts of its instruments.

    They are as good and as old in virtual time as the real ones are today, and have no corrections,
    since the counterparts do not have the errors that were found. When they end is not for a
    rehearsal to say.
    """
    serials = {one.role: one.identity.serial for one in instruments}
    begin = datetime.fromtimestamp(clock.VIRTUAL_EPOCH, UTC).date()
    return {
        role: msgspec.structs.replace(
            one,
            serial=serials.get(role, one.serial),
            calibrated=_as_old(one.calibrated, begin),
            due="",
            tables=tuple(_without_corrections(table) for table in one.tables),
        )
        for role, one in real.items()
    }


def _as_old(calibrated: str, begin: date) -> str:
    """A day as long before `begin` as `calibrated` is before today; "" where it is not stated."""
    if not calibrated:
        return ""
    age = max(clock.wall().date() - date.fromisoformat(calibrated), timedelta())
    return (begin - age).isoformat()


def _without_corrections(table: calibration.Table) -> calibration.Table:
    points = tuple(msgspec.structs.replace(point, correction=0.0) for point in table.points)
    return msgspec.structs.replace(table, points=points)


def _of_entry(entry: RoleEntry | StandardEntry, serial: str) -> calibration.Certificate | None:
    """The certificate that a table of the bench file states; None where it states none."""
    if not (entry.certificate or entry.calibrated or entry.calibration_due):
        return None
    return calibration.Certificate(
        number=entry.certificate,
        laboratory=entry.laboratory,
        serial=serial,
        calibrated="" if entry.calibrated is None else entry.calibrated.isoformat(),
        due="" if entry.calibration_due is None else entry.calibration_due.isoformat(),
    )


def _of_file(bench: Bench, role: str, entry: RoleEntry) -> calibration.Certificate:
    key = ("roles", role)
    found = load(bench.path.parent / entry.certificate_file)
    own = {
        "certificate": (entry.certificate, found.number),
        "laboratory": (entry.laboratory, found.laboratory),
        "calibrated": (str(entry.calibrated or ""), found.calibrated),
    }
    for name, (here, there) in own.items():
        if here and here != there:
            raise bench.wrong((*key, name), f"{here}, but {found.file} says {there}", "take it out")
    due = entry.calibration_due.isoformat() if entry.calibration_due else ""
    ends = min((day for day in (due, found.due) if day), default="")
    where = Where(str(bench.path), 0, f"roles.{role}.certificate_tables")
    return msgspec.structs.replace(assigned(found, entry.certificate_tables, where), due=ends)
