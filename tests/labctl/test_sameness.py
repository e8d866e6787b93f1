"""An interrupted item goes on with the certificates it was begun with, or with those of a swap."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labctl import clock
from labctl.agreement import default
from labctl.calibration import Certificate, Point, Table
from labctl.errors import BenchError
from labctl.evidence import Identity
from labctl.itemdata import item_of
from labctl.journal.reader import Reader
from labctl.journal.standing import NOTHING, Standing, standing
from labctl.journal.writer import Journal
from labctl.landing import Landing
from labctl.requests import RunRequest
from labctl.sameness import keep_certificates
from labctl.sample import Sample
from tests.labctl.fakelab import INDICATOR, Meter, OhmBench, OhmRig

TABLE = Table("100 ohm", "ohm", (Point(100.0, 0.01, 0.02),), "resistance", 1000.0)
OLD = Certificate(
    "1", "Lab", "SIM-7", "2025-06-01", tables=(TABLE,), file="a.toml", sha256="a" * 64
)
NEW = msgspec.structs.replace(OLD, number="2", calibrated="2026-01-01", sha256="b" * 64)


def bench(certificate: Certificate | None) -> OhmBench:
    found = {} if certificate is None else {"meter": certificate}
    return OhmBench(OhmRig(Meter(120.0)), None, certificates=found)


def gone_on(path: Path, *benches: OhmBench, known: Standing | None = None) -> Standing:
    """The standing of an item that was opened on `benches` one after the other."""

    async def go() -> None:
        journal = Journal(path, path.parent / "attachments", virtual=True)
        number = journal.item(INDICATOR.id, INDICATOR, "", "")
        try:
            for one in benches:
                keep_certificates(known or NOTHING, one, journal, number)
        finally:
            journal.close()

    clock.run(go(), virtual=True)
    with Reader(path) as reader:
        return standing(reader, 1)


def test_the_certificates_of_every_opening_are_kept(tmp_path: Path) -> None:
    found = gone_on(tmp_path / "journal.db", bench(OLD), bench(OLD))
    assert found.certificates == ({"meter": OLD}, {"meter": OLD})


@pytest.mark.parametrize("now", [NEW, None])
def test_another_certificate_than_before_is_refused(
    tmp_path: Path, now: Certificate | None
) -> None:
    known = gone_on(tmp_path / "journal.db", bench(OLD))
    with pytest.raises(BenchError) as caught:
        gone_on(tmp_path / "again.db", bench(now), known=known)
    assert "role meter: the certificate was changed" in caught.value.message
    assert "1 aaaaaaaaaaaa" in caught.value.message
    assert "swap" in caught.value.remedy


def test_a_swap_lets_it_be_and_earlier_readings_keep_theirs(tmp_path: Path) -> None:
    known = gone_on(tmp_path / "journal.db", bench(OLD))
    swapped = known._replace(swapped={"meter": Identity("Fake", "R1", "SIM-7")})
    gone_on(tmp_path / "again.db", bench(NEW), known=swapped)
    request = RunRequest((INDICATOR.id,), (INDICATOR,), default(), tmp_path)
    landing = Landing(1, swapped, 0.0)
    item = item_of(request, INDICATOR, 1, Sample("S", "resistor"), bench(NEW), landing)
    assert item.certificates == ({"meter": OLD}, {"meter": NEW})


def test_a_journal_of_before_knows_none(tmp_path: Path) -> None:
    assert gone_on(tmp_path / "journal.db", bench(OLD), known=NOTHING).certificates
