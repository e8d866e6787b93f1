"""Holders on another machine, which are known by their counter alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from labctl import clock
from labctl.errors import BenchError
from labctl.leases import taken
from labctl.leases.lease import Holder, Pulse
from labctl.leases.shelf import Shelf
from tests.labctl.leases.conftest import ADDRESS, Racer, holder_here, left_behind

BENCH = {"psu": ADDRESS}


def elsewhere(**changes: object) -> Holder:
    return msgspec.structs.replace(holder_here(), **{"host": "pc2", **changes})


def test_a_counter_that_moves_keeps_its_instrument(
    tmp_path: Path, racer: Callable[..., Racer]
) -> None:
    other = racer("far", host="pc2", beat=0.3)
    assert other.ask("take 0") == "got 0"
    with (
        pytest.raises(BenchError, match="machine pc2") as caught,
        taken(BENCH, "mine", tmp_path / "leases"),
    ):
        pass
    assert "on pc2" in caught.value.remedy


def test_a_counter_that_stands_still_is_watched_for_more_than_three_beats(tmp_path: Path) -> None:
    lease = left_behind(tmp_path, elsewhere())
    Shelf(tmp_path).write_pulse(lease.holder.token, Pulse(7))
    began = clock.stopwatch()
    with taken(BENCH, "mine", tmp_path) as held:
        assert held.taken_over == (lease,)
    assert clock.stopwatch() - began > 3 * lease.holder.beat
    assert Shelf(tmp_path).pulse(lease.holder.token) is None


def test_a_holder_without_a_counter_is_watched_too(tmp_path: Path) -> None:
    left_behind(tmp_path, elsewhere())
    with taken(BENCH, "mine", tmp_path) as held:
        assert len(held.taken_over) == 1


def test_a_container_of_this_machine_is_another_place(
    tmp_path: Path, racer: Callable[..., Racer]
) -> None:
    left_behind(tmp_path, msgspec.structs.replace(holder_here(), space="pid:[1]"))
    began = clock.stopwatch()
    with taken(BENCH, "mine", tmp_path) as held:
        assert len(held.taken_over) == 1
    assert clock.stopwatch() - began > 3 * 0.02


def test_on_a_network_folder_another_boot_may_be_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labctl.leases.life.network_file_system", lambda folder: "nfs")
    holder = holder_here()
    process = msgspec.structs.replace(holder.process, boot="another-boot")
    left_behind(tmp_path, msgspec.structs.replace(holder, process=process))
    began = clock.stopwatch()
    with taken(BENCH, "mine", tmp_path) as held:
        assert len(held.taken_over) == 1
    assert clock.stopwatch() - began > 3 * 0.02


def test_an_instrument_that_is_given_back_meanwhile_is_taken(tmp_path: Path) -> None:
    lease = left_behind(tmp_path, elsewhere(beat=60.0))
    shelf = Shelf(tmp_path)
    (stem,) = shelf.tops()
    looks: list[int] = []
    read = shelf.read

    def giving_back(self: Shelf, stem: str, number: int) -> object:
        looks.append(number)
        if len(looks) == 2:  # the holder gives it back while it is watched
            assert shelf.free(stem, 2)
        return read(stem, number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shelf, "read", giving_back)
        patch.setattr("labctl.leases.life.LOOKS", 6000)
        with taken(BENCH, "mine", tmp_path) as held:
            assert not held.taken_over
    assert lease.key.startswith("tcp:") and shelf.top(stem) == 4


def test_who_is_taken_for_dead_and_lives_hears_of_it(tmp_path: Path) -> None:
    lost: list[str] = []
    with taken(BENCH, "sleeper", tmp_path, on_lost=lost.append, beat=0.01) as held:
        (lease,) = held.leases
        shelf = Shelf(tmp_path)
        (stem,) = shelf.tops()
        usurper = msgspec.structs.replace(lease, holder=elsewhere(run="usurper"))
        assert shelf.make(stem, shelf.top(stem) + 1, usurper)
        began = clock.stopwatch()
        while not lost:
            assert clock.stopwatch() - began < 10.0
        assert held.lost == (stem,) and lost == [stem]
    # What another run holds is not given back.
    assert shelf.read(stem, shelf.top(stem)) == usurper
