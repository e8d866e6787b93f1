"""What holds for every instrument that writes files; found from the folder."""

from __future__ import annotations

import pytest

from sim_backends.emulators.files.station import FIRST, GAP, PERIOD, PIECES
from sim_backends.plugs.file_writer import portable
from tests.sim_backends.emulators.files.written import PORTS, SERIAL, content, make, pieces
from tests.sim_backends.emulators.found import names

ELSEWHERE = (
    "exposure_log",
    "force_microscope",
    "quantum_efficiency_csv",
    "rocking_diffractometer",
    "storyboard",
    "wafer_geometry",
)
"""Stand on other benches than the reference: each has a file of tests of its own here."""


def test_every_format_has_its_device() -> None:
    assert {f"files.{name}" for name in (*PORTS, *ELSEWHERE)} == {
        name for name in names() if name.startswith("files.")
    }


@pytest.mark.parametrize("name", PORTS)
def test_a_file_grows_and_is_whole_once(name: str) -> None:
    writer = make(name)
    assert writer.send(0.5 * FIRST) == []
    written = pieces(writer, FIRST + PERIOD + PIECES * GAP)
    files = list(dict.fromkeys(piece.name for _, piece in written))
    assert len(files) == 2
    for file in files:
        assert portable(file) and SERIAL in file and file.endswith(writer.suffix)
        own = [(t, piece) for t, piece in written if piece.name == file]
        assert [piece.last for _, piece in own] == [False] * (PIECES - 1) + [True]
        assert own[-1][0] - own[0][0] == pytest.approx((PIECES - 1) * GAP)


def test_on_a_bench_that_is_opened_late_nothing_is_made_up_for() -> None:
    writer, opened = make("picture"), 3.6e6
    assert writer.send(opened) == []
    assert writer.due() == opened + FIRST
    written = pieces(writer, opened + FIRST + PIECES * GAP)
    assert len({piece.name for _, piece in written}) == 1


@pytest.mark.parametrize("name", PORTS)
def test_the_same_instrument_writes_the_same_file_again(name: str) -> None:
    assert content(make(name)) == content(make(name))
    assert content(make(name)) != content(make(name, seed=2))


def test_after_a_restart_the_file_stays_cut_and_it_measures_again() -> None:
    writer = make("jcamp_dx")
    before = pieces(writer, FIRST + GAP)
    writer.power_on(10.0)
    after = pieces(writer, 10.0 + FIRST)
    assert not any(piece.last for _, piece in before)
    assert {piece.name for _, piece in after}.isdisjoint({piece.name for _, piece in before})
