"""The calibrations that a bench file states, in itself and in certificate files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from labctl import clock
from labctl.calibration import Certificate, Point, Table
from labctl.calibration.tomlfile import dumped
from labctl.catalogue import load
from labctl.errors import BenchError
from labctl.truth import sample_request
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.certificates import certificates_of, predicted, readable, stated
from rigs.opened import Opened
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig
from tests.labctl.calibration.dccs import dcc

SERIAL = "SIM-99580430"
"""Of the simulated source meter with seed 1."""

TABLE = Table("2 V", "V", (Point(0.0, 1e-5, 2e-5), Point(2.0, 3e-5, 2e-5)), "voltage", 2.0)
CERTIFICATE = Certificate("K-17", "Lab", SERIAL, "2025-12-01", "2026-12-01", tables=(TABLE,))


def bench(folder: Path, lines: str) -> Path:
    """The simulated bench with `lines` in the role of the source meter."""
    text = simulated_bench("photovoltaic").read_text(encoding="utf-8")
    path = folder / "bench.toml"
    path.write_text(text.replace('port = "terminals"', f'port = "terminals"\n{lines}'), "utf-8")
    return path


def written(folder: Path, certificate: Certificate = CERTIFICATE) -> Path:
    path = folder / "cert.toml"
    path.write_text(dumped(certificate), encoding="utf-8")
    return path


def opened(path: Path) -> Opened:
    request = sample_request(load().get("1.1-03"), "nominal")

    async def go() -> Opened:
        found = await open_bench(path, rig=PhotovoltaicRig, sample=request, seed=1)
        await found.close()
        return found

    return clock.run(go(), virtual=True)


def test_each_role_has_a_row_and_so_has_the_reference_cell(tmp_path: Path) -> None:
    path = bench(tmp_path, 'certificate = "K-17"\ncalibration_due = 2027-03-01')
    found = {one.of: one for one in certificates_of(load_bench(path))}
    assert (found["source_meter"].number, found["source_meter"].due) == ("K-17", date(2027, 3, 1))
    assert (found["lamp"].number, found["lamp"].due) == ("", None)
    assert found["reference_cell"].number == "SIM-CAL-PV-01"
    assert list(found)[-1] == "reference_cell"


def test_what_the_bench_states_is_a_certificate_without_tables(tmp_path: Path) -> None:
    path = bench(tmp_path, 'certificate = "K-17"\nlaboratory = "Lab"\ncalibrated = 2025-12-01')
    found = opened(path).certificates
    assert found["source_meter"] == Certificate("K-17", "Lab", SERIAL, "2025-12-01")
    assert found["reference_cell"].serial == "SIM-RC-01"
    assert set(found) == {"source_meter", "reference_cell"}


def test_a_file_beside_the_bench_is_read_and_is_that_of_the_instrument(tmp_path: Path) -> None:
    written(tmp_path)
    path = bench(tmp_path, 'certificate_file = "cert.toml"\ncalibration_due = 2026-06-30')
    found = opened(path).certificates["source_meter"]
    expected = msgspec.structs.replace(CERTIFICATE, due="2026-06-30", file="cert.toml")
    assert msgspec.structs.replace(found, sha256="") == expected
    assert len(found.sha256) == 64
    (row, *_) = certificates_of(load_bench(path))
    assert (row.number, row.due) == ("K-17", date(2026, 6, 30))


def test_the_certificate_of_another_instrument_is_refused(tmp_path: Path) -> None:
    written(tmp_path, msgspec.structs.replace(CERTIFICATE, serial="04501234"))
    path = bench(tmp_path, 'certificate_file = "cert.toml"')
    with pytest.raises(BenchError) as caught:
        opened(path)
    words = (f"{path}:", "roles.source_meter.certificate_file", "04501234", SERIAL)
    assert all(word in caught.value.message for word in words), caught.value.message
    assert "name the certificate of this instrument" in caught.value.remedy


def test_a_dcc_needs_to_be_told_what_its_tables_are_for(tmp_path: Path) -> None:
    data = dcc().replace(b"04501234", SERIAL.encode()).replace(b"-02-10", b"-01-01")
    (tmp_path / "cert.xml").write_bytes(data.replace(b"2026-01-01", b"2025-12-31"))
    tables = '[{ table = "DC voltage, 10 V", function = "voltage", range = 20 }]'
    path = bench(tmp_path, f'certificate_file = "cert.xml"\ncertificate_tables = {tables}')
    found = opened(path).certificates["source_meter"]
    assert (found.tables[0].function, found.tables[0].range) == ("voltage", 20.0)
    assert (found.number, found.file) == ("EX-2026-0042", "cert.xml")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('certificate_file = "none.toml"', ("none.toml", "cannot be read")),
        (
            'certificate_file = "cert.toml"\ncertificate = "K-18"',
            ("roles.source_meter.certificate", "K-18", "K-17"),
        ),
        (
            'certificate_file = "cert.toml"\ncalibrated = 2025-11-30',
            ("roles.source_meter.calibrated", "2025-12-01"),
        ),
        (
            'certificate_file = "cert.toml"\n'
            'certificate_tables = [{ table = "x", function = "voltage", range = 2 }]',
            ("roles.source_meter.certificate_tables.0", "no table 'x'"),
        ),
        (
            'certificate_file = "cert.toml"\ncertificate_tables = [{ table = "2 V" }]',
            ("roles.source_meter", "function"),
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, lines: str, words: tuple[str, ...]) -> None:
    written(tmp_path)
    with pytest.raises(BenchError) as caught:
        stated(load_bench(bench(tmp_path, lines)))
    assert all(word in caught.value.message for word in words), caught.value.message


def test_a_rescue_goes_without_a_wrong_certificate(tmp_path: Path) -> None:
    found = load_bench(bench(tmp_path, 'certificate_file = "none.toml"'))
    assert readable(found) == ()
    written(tmp_path)
    assert readable(load_bench(bench(tmp_path, 'certificate_file = "cert.toml"')))


def test_a_rehearsal_is_as_good_and_corrects_nothing(tmp_path: Path) -> None:
    written(tmp_path)
    path = bench(tmp_path, 'certificate_file = "cert.toml"')
    instruments = opened(path).instruments
    real = {"source_meter": msgspec.structs.replace(CERTIFICATE, serial="04501234")}
    found = predicted(real, instruments)["source_meter"]
    assert found.serial == SERIAL
    assert found.due == ""
    assert found.since is not None and found.since <= clock.VIRTUAL_EPOCH
    assert [p.correction for p in found.tables[0].points] == [0.0, 0.0]
    assert [p.expanded for p in found.tables[0].points] == [2e-5, 2e-5]
