"""A run of every released schema version is verified, judged again, shown, reported, exported.

`versions/<n>` are the runs of `tests.labctl.fakelab.measure` over two items, as the labctl of that
time wrote them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from labctl.cli.main import main
from labctl.journal.reader import Reader
from labctl.journal.schema import STATEMENTS
from labctl.report.export import write_readings
from labctl.report.write import write_report
from labctl.runfile import open_run
from labctl.verification import verify_run
from labctl.verification.salvage import take

VERSIONS = Path(__file__).parent / "versions"


@pytest.fixture(params=sorted(STATEMENTS))
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(VERSIONS / str(request.param), tmp_path / str(request.param)))


def test_every_version_is_kept() -> None:
    assert {path.name for path in VERSIONS.iterdir()} == {str(version) for version in STATEMENTS}


def test_it_is_whole_and_its_verdicts_follow_today(kept: Path) -> None:
    report = verify_run(kept)
    assert report.ok, report.problems
    assert [(one.outcome, one.recomputed) for one in report.verdicts] == [("PASS", "PASS")] * 2
    assert report.exit_code == 0
    with Reader(kept / "journal.db") as reader:
        assert reader.version == int(kept.name)


def test_it_is_shown_reported_and_exported(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(kept), "--lang", "en"]) == 0
    assert "1.1-91" in capsys.readouterr().out
    record = open_run(kept)
    assert [len(record.readings(item.id, "burst/resistance")) for item in record.items] == [10, 10]
    assert "resistance of the resistor" in write_report(kept).read_text(encoding="utf-8")
    rows = write_readings(kept, tmp_path / "readings.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + sum(
        len(record.readings(item.id, name)) for item in record.items for name in item.channels
    )


def test_it_can_be_salvaged(kept: Path, tmp_path: Path) -> None:
    data = bytearray((kept / "journal.db").read_bytes())
    data[:4096] = bytes(4096)
    (kept / "journal.db").write_bytes(data)
    assert not verify_run(kept).ok
    saved = take(kept, tmp_path / "saved")
    assert saved.whole == saved.transactions > 5
