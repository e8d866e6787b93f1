"""Faults on files, without a folder: pieces and times alone."""

from __future__ import annotations

import pytest

from labctl.errors import BenchError
from sim_backends.fault_kinds import LineLost
from sim_backends.faults import Delay, Disconnect, Fault, Hold, Reboot, Replace, Silence, Truncate
from sim_backends.faulty_files import FaultyFiles
from sim_backends.plugs.file_writer import Piece
from tests.sim_backends.emulators.files.written import make, pieces

ENDS = 60.0
"""Run time in s by which two files are whole, also where one was held back."""


def written(*faults: Fault, until: float = ENDS) -> dict[str, list[tuple[float, Piece]]]:
    """Pieces by the name of the file, under `faults`."""
    found: dict[str, list[tuple[float, Piece]]] = {}
    for t, piece in pieces(FaultyFiles(make("touchstone"), faults), until):
        found.setdefault(piece.name, []).append((t, piece))
    return found


def whole(own: list[tuple[float, Piece]]) -> bytes:
    return b"".join(piece.data for _, piece in own)


def test_without_a_fault_nothing_is_changed() -> None:
    assert written() == {name: own for name, own in written(Silence(at=9)).items()}
    writer = FaultyFiles(make("touchstone"), ())
    pieces(writer, ENDS)
    assert writer.transactions == 2 and writer.notes == "" and writer.suffix == ".s2p"


def test_only_the_file_that_is_meant_is_spoiled() -> None:
    first, second = written()
    spoiled = written(Truncate(at=2, keep=100))
    assert whole(spoiled[first]) == whole(written()[first])
    assert whole(spoiled[second]) == whole(written()[second])[:100]
    assert not any(piece.last for _, piece in spoiled[second])


def test_a_delay_shifts_the_whole_file() -> None:
    (name, own), *_ = written(Delay(seconds=5.0)).items()
    healthy = written()[name]
    assert whole(own) == whole(healthy)
    # Held back until it is whole, then 5 s.
    assert own[0][0] == pytest.approx(healthy[-1][0] + 5.0)
    assert own[-1][0] - own[0][0] == pytest.approx(healthy[-1][0] - healthy[0][0])


def test_another_instrument_and_a_lost_folder() -> None:
    old, new = b"SIM-00000042", b"SIM-99999999"
    (_, own), *_ = written(Replace(old=old, new=new)).items()
    assert new in whole(own) and old not in whole(own)
    with pytest.raises(LineLost):
        written(Disconnect())


def test_a_restart_in_place_of_a_file() -> None:
    healthy, found = list(written()), written(Reboot(seconds=10.0), until=120.0)
    assert healthy[0] not in found
    assert min(t for own in found.values() for t, _ in own) > 10.0


def test_healed_and_added() -> None:
    writer = FaultyFiles(make("touchstone"), [Silence(times=None)])
    assert pieces(writer, 20.0) == []
    writer.heal()
    assert pieces(writer, ENDS)
    writer.add(Silence())
    assert not {piece.name for _, piece in pieces(writer, 106.0)}
    with pytest.raises(BenchError, match="no sensor that can hold"):
        writer.add(Hold())
