"""Which accuracy line a table is for is said on the bench where its file cannot say it."""

from __future__ import annotations

import pytest

from labctl.calibration import Certificate, Point, Table
from labctl.calibration.assigning import TableFor, assigned
from labctl.calibration.refusal import Where
from labctl.errors import BenchError

TABLE = Table("Probe", "K", (Point(300.0, -0.07, 0.06), Point(400.0, 0.02, 0.06)))
CERTIFICATE = Certificate("7", "Lab", "1", "2026-01-01", tables=(TABLE,))


def test_function_range_and_unit() -> None:
    own = TableFor("Probe", "temperature", 850.0, "degC")
    (found,) = assigned(CERTIFICATE, [own], Where("b")).tables
    assert (found.function, found.range, found.unit) == ("temperature", 850.0, "degC")
    assert [p.reading for p in found.points] == pytest.approx([26.85, 126.85])
    assert [p.correction for p in found.points] == pytest.approx([-0.07, 0.02])
    assert assigned(CERTIFICATE, [], Where("b")) == CERTIFICATE


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([TableFor("Sonde", "temperature", 850.0)], "b: 0: the certificate 7 has no table 'Sonde'"),
        ([TableFor("Probe", "temperature", 850.0)] * 2, "b: 1: 'Probe' is for temperature"),
        ([TableFor("Probe", "voltage", 2.0, "V")], "b: 0.unit: "),
    ],
)
def test_what_is_wrong_is_named(given: list[TableFor], words: str) -> None:
    with pytest.raises(BenchError) as caught:
        assigned(CERTIFICATE, given, Where("b"))
    assert caught.value.message.startswith(words)
