"""A run's record as the journal would give it, made by hand: no engine, no bench."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labctl import catalogue
from labctl.agreement import default
from labctl.evidence import (
    Attachment,
    Contribution,
    Evidence,
    Figure,
    Identity,
    Instrument,
    Observed,
    Provenance,
    Reading,
)
from labctl.runfile import ItemRecord, RunRecord
from labctl.sample import Sample
from labctl.verdict import judge

EPOCH = 1767225600.0
VISA = "visa://TCPIP::sim-1-source_meter::5025::SOCKET"


@dataclass(frozen=True)
class Record(RunRecord):
    """A run whose readings are in memory instead of in a journal."""

    logged: dict[str, list[Reading]] = field(default_factory=dict[str, list[Reading]])

    def each(self, item_id: str, channel: str) -> Iterator[Reading]:
        return iter(self.logged[channel])


def reading(value: float, unit: str, t: float) -> Reading:
    return Reading(value, unit, t, EPOCH + t, VISA, "SIM-04512345")


def sweep(name: str, photocurrent: float) -> dict[str, list[Reading]]:
    """A cell's sweep; the photocurrent is recorded as the source meter gives it, negative."""
    volts = [0.02 * i for i in range(60)]
    amps = [-(photocurrent - 1e-12 * math.expm1(v / 0.0475)) for v in volts]
    if "reverse" in name:
        volts, amps = volts[::-1], amps[::-1]
    return {
        f"{name}/voltage": [reading(v, "V", i) for i, v in enumerate(volts)],
        f"{name}/current": [reading(a, "A", i) for i, a in enumerate(amps)],
    }


def soak() -> dict[str, list[Reading]]:
    times = [600.0 * i for i in range(6000)]
    noise = [6 * math.sin(i / 50) + 2 * math.sin(i * 1.7) for i in range(6000)]
    return {
        "soak/irradiance": [
            reading(1000 + n, "W/m**2", t) for t, n in zip(times, noise, strict=True)
        ]
    }


def evidence(value: float, u: float) -> Evidence:
    half = 1.96 * u
    return Evidence(
        results={
            "relative_loss": Figure(value, "%", u, value - half, value + half),
            "power_conversion_efficiency_before": Figure(21.37, "%", 0.21),
        },
        conditions=(
            Observed("duration", 1000.0, "h"),
            Observed(aspect="exposure", text="continuous illumination", declared_by="Li Wei"),
        ),
        attachments=(Attachment("sweeps.json", "ab" * 32, "application/json", 20480),),
        budget=(
            Contribution("relative_loss", "irradiance drift", 0.8 * u, "reference cell"),
            Contribution("relative_loss", "repeatability", 0.6 * u, "6 sweeps, Student t"),
        ),
        left_out=("spectral mismatch of the lamp",),
        how=("Efficiency from the mean power point of both directions, corrected by IEC 60891.",),
    )


def provenance(simulated: bool = True) -> Provenance:
    serial = "SIM-04512345" if simulated else "04512345"
    meter = Identity("KEITHLEY INSTRUMENTS", "MODEL 2450", serial, "1.7.12b")
    return Provenance(
        instruments=(Instrument("source_meter", "keithley.k2450", VISA, meter),),
        bench="photovoltaic",
        bench_sha256="cd" * 32,
        procedure="procedures.f01_new_energy.d01_photostorage.light_soak",
        code_version="0.1.0",
        code_sha256="ef" * 32,
        packages={"numpy": "2.4.6", "python": "3.11.7"},
        operator="Li Wei",
        simulated=simulated,
        seed=1,
        started_utc=EPOCH,
        ended_utc=EPOCH + 3.7e6,
        sample="PV-0007",
    )


def make(value: float = 6.8, u: float = 0.9, simulated: bool = True) -> Record:
    indicator = catalogue.load().get("1.1-04")
    found = evidence(value, u)
    verdict = judge(indicator, found, default(), simulated=simulated)
    logged = {
        **sweep("before/forward", 0.0221),
        **sweep("before/reverse", 0.0223),
        **sweep("after/forward", 0.0206),
        **sweep("after/reverse", 0.0207),
        **soak(),
    }
    source = provenance(simulated)
    item = ItemRecord(
        id="1.1-04",
        indicator=indicator,
        procedure=source.procedure,
        sample=Sample("PV-0007", "perovskite cell"),
        evidence=found,
        provenance=source,
        verdict=verdict,
        error=None,
        instruments=source.instruments,
        channels=tuple(logged),
        steps=(),
        events=(),
    )
    return Record(
        id="20260101T000000Z-1.1-04-3fa9",
        path=Path("runs"),
        started_utc="2026-03-04T05:06:07Z",
        ended_utc="2026-03-04T05:06:09Z",
        state="done",
        targets=("1.1-04",),
        seed=1,
        agreement=default(),
        items=(item,),
        meta={
            "virtual": simulated,
            "labctl": "0.1.0",
            "packages": source.packages,
            "code": {"labctl": "ef" * 32},
        },
        logged=logged,
    )


def with_item(record: Record, **changes: Any) -> Record:
    return replace(record, items=(replace(record.items[0], **changes),))


@pytest.fixture
def record() -> Record:
    """One measured item that passes conditionally or fully, on simulated instruments."""
    return make()


@pytest.fixture
def record_of() -> Callable[..., Record]:
    """Makes records: `record_of(value, u, simulated)`."""
    return make


@pytest.fixture
def changed() -> Callable[..., Record]:
    """A record with its only item changed: `changed(record, error=...)`."""
    return with_item


def replaced_evidence(record: Record, **changes: Any) -> Record:
    """The record with fields of its only item's evidence changed."""
    found = record.items[0].evidence
    assert found is not None
    return with_item(record, evidence=msgspec.structs.replace(found, **changes))
