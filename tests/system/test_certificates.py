"""A certificate brings figures closer to the truth, with a smaller U that is still honest."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from drivers.keithley._dmm_sheet import VOLTAGE
from labctl import clock
from labctl.agreement import default
from labctl.calibration import Certificate, Point, Table
from labctl.calibration.tomlfile import dumped
from labctl.catalogue import load
from labctl.engine import execute
from labctl.errors import BenchError
from labctl.evidence import Reading
from labctl.requests import RunRequest
from labctl.runfile import open_run
from labctl.uncertainty import Circumstances, MonteCarlo, circumstances_of
from labctl.words import said
from rigs.benches import simulated_bench
from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.keithley.dmm6500_specs import VOLTAGE as SPECS

SEEDS = 60
LINE = VOLTAGE[0]
"""The 100 mV range of the multimeter, by its driver."""

FULL = 0.1


def calibrated(channel: Channel, rng: np.random.Generator, day: str) -> Certificate:
    """What a laboratory with a tenth of the sheet's limits finds of the multimeter `channel`."""
    index = channel.ranges.index(FULL)
    limit = LINE.gain * FULL + LINE.offset
    points: list[Point] = []
    off = float(rng.standard_normal()) * limit / 20  # the laboratory's own standard: one for all
    for at in (0.01, 0.04, 0.07, 0.1):
        shown = float(np.mean([channel.convert(at, index) for _ in range(200)]))
        points.append(Point(shown, at + off - shown, limit / 10, 2.0))
    table = Table("0.1 V", "V", tuple(points), "voltage", FULL, temperature=(23.0, 23.0))
    return Certificate("4711", "Lab", "SIM-1", day, tables=(table,))


def z_and_u(known: Circumstances, shown: float, true: float, seed: int) -> tuple[float, ...]:
    """z of the true value among the draws of the reading, its error, and its u."""
    mc = MonteCarlo(4000, seed, circumstances=known)
    utc = clock.VIRTUAL_EPOCH + 60.0
    draws = mc.mean([Reading(shown, "V", 60.0, utc, "visa://x", "SIM-1", LINE)])
    share = float(np.mean(draws[1:, 0] < true))
    z = NormalDist().inv_cdf(min(max(share, 1e-4), 1 - 1e-4))
    return z, abs(float(draws[0, 0]) - true), mc.figure(draws, "V").u


def test_corrected_readings_are_closer_and_their_u_is_smaller_and_honest() -> None:
    rows: list[tuple[float, ...]] = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        channel = Channel(SPECS, rng)
        certificate = calibrated(channel, rng, "2025-12-31")
        true = float(rng.uniform(0.02, 0.09))
        shown = channel.convert(true, channel.ranges.index(FULL))
        known = circumstances_of([{"meter": certificate}], (23.0, 23.0))
        z, error, u = z_and_u(known, shown, true, seed)
        _, bare, sheet = z_and_u(Circumstances(), shown, true, seed)
        rows.append((z, error, u, bare, sheet))
    z, error, u, bare, sheet = np.array(rows).T
    assert np.all(u < 0.3 * sheet)
    assert float(np.sqrt(np.mean(error**2))) < 0.3 * float(np.sqrt(np.mean(bare**2)))
    # The band of METROLOGY.md for 50 draws: an honest U is neither outside nor wide inside it.
    assert 0.68 < float(np.sqrt(np.mean(z**2))) < 1.34
    assert abs(float(np.mean(z))) < 0.47
    assert int(np.sum(np.abs(z) > 1.96)) <= 8


def bench(folder: Path, certificate: Certificate) -> Path:
    """The simulated bench whose source meter has `certificate`."""
    (folder / "cert.toml").write_text(dumped(certificate), encoding="utf-8")
    text = simulated_bench("photovoltaic").read_text(encoding="utf-8")
    lines = 'port = "terminals"\ncertificate_file = "cert.toml"'
    path = folder / "bench.toml"
    path.write_text(text.replace('port = "terminals"', lines), encoding="utf-8")
    return path


@pytest.mark.timeout(300)
def test_a_run_with_a_certificate_says_so_and_keeps_its_readings_raw(tmp_path: Path) -> None:
    points = tuple(Point(x, -1e-3 * x, 2e-5 + 1e-4 * abs(x)) for x in (-2.0, 0.0, 1.0, 2.0))
    volts = Table("2 V", "V", points, "voltage", 2.0, temperature=(23.0, 23.0))
    serial = "SIM-99580430"  # of the simulated source meter with seed 1
    own = Certificate("4711", "Lab", serial, "2025-12-01", "2027-12-01", tables=(volts,))
    path = bench(tmp_path, own)
    item = load().get("1.1-03")
    request = RunRequest(("1.1-03",), (item,), default(), tmp_path, seed=1, draws=400)
    plain = execute(request)
    found = execute(dataclasses.replace(request, bench=path))
    records = [open_run(one.path) for one in (plain, found)]
    before, after = (record.items[0].evidence for record in records)
    assert before is not None and after is not None
    sources = [line.source for line in after.budget]
    assert any(source.endswith("/certificate 4711") for source in sources)
    assert any("certificate 4711, Lab" in line.detail for line in after.budget)
    key = next(iter(after.results))
    ratio = after.results[key].value / before.results[key].value  # pyright: ignore
    assert ratio == pytest.approx(1.0 - 1e-3, rel=3e-4)
    assert any("raw ones stand in the journal" in said(words) for words in after.how)
    (role,) = (one for one in after.calibrations if one.certificate == "4711")
    assert (role.role, role.due) == ("source_meter", "2027-12-01")


def test_another_instruments_certificate_stops_the_item(tmp_path: Path) -> None:
    own = Certificate("4711", "Lab", "SIM-other", "2025-12-01")
    item = load().get("1.1-03")
    request = RunRequest(
        ("1.1-03",), (item,), default(), tmp_path, seed=1, draws=400, bench=bench(tmp_path, own)
    )
    outcome = execute(request).items[0]
    assert outcome.error is not None
    assert outcome.error["kind"] == BenchError.kind
