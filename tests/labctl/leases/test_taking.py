from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from labctl.errors import BenchError
from labctl.leases import taken
from labctl.leases.lease import Holder
from labctl.leases.shelf import Shelf
from labctl.platform.processes import Process, this_process
from tests.labctl.leases.conftest import ADDRESS, Racer, holder_here, left_behind

BENCH = {"psu": ADDRESS, "chuck": "modbus+rtu:///dev/ttyS9?unit=1"}
DEAD = Process(this_process().pid, "1", this_process().boot)
"""A process whose number another one has now."""


def dead_holder(run: str = "other") -> Holder:
    return msgspec.structs.replace(holder_here(run), process=DEAD)


def test_an_instrument_is_held_once(tmp_path: Path) -> None:
    with taken(BENCH, "first", tmp_path) as held:
        assert not held.taken_over
        assert {role for lease in held.leases for role in lease.roles} == set(BENCH)
        visa = {"source": "visa://TCPIP0::192.0.2.10::5025::SOCKET"}
        with pytest.raises(BenchError) as caught, taken(visa, "second", tmp_path):
            pass
        told = str(caught.value)
        for part in ("source", visa["source"], "run first", "user ", "machine ", "since "):
            assert part in told
        assert "labctl leases" in caught.value.remedy
        assert caught.value.address == visa["source"]
    with taken(BENCH, "second", tmp_path) as held:
        assert not held.taken_over


def test_a_refused_run_leaves_nothing_taken(tmp_path: Path) -> None:
    other = {"a": "tcp://192.0.2.1:1", "psu": ADDRESS, "z": "tcp://192.0.2.99:1"}
    with taken({"psu": ADDRESS}, "first", tmp_path):
        with pytest.raises(BenchError), taken(other, "second", tmp_path):
            pass
        rest = {role: address for role, address in other.items() if role != "psu"}
        with taken(rest, "third", tmp_path) as held:
            assert not held.taken_over


def test_two_units_of_a_line_are_one_bench_s_and_the_port_is_no_other_s(tmp_path: Path) -> None:
    units = {f"c{unit}": f"modbus+rtu:///dev/ttyS9?unit={unit}" for unit in (1, 2)}
    with taken(units, "first", tmp_path) as held:
        assert len(held.leases) == 3
        with (
            pytest.raises(BenchError, match="c3 at"),
            taken({"c3": "modbus+rtu:///dev/ttyS9?unit=3"}, "second", tmp_path),
        ):
            pass


def test_simulated_instruments_need_no_folder(tmp_path: Path) -> None:
    with taken({"psu": "sim:psu"}, "first", tmp_path / "none") as held:
        held.keep(1)
        assert (held.leases, held.lost) == ((), ())
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(BenchError, match="folder of leases"),
        taken(BENCH, "first", tmp_path / "file"),
    ):
        pass


def test_the_lease_of_a_dead_process_is_taken_over_whoever_has_its_number(tmp_path: Path) -> None:
    lease = left_behind(tmp_path, dead_holder())
    with taken({"psu": ADDRESS}, "mine", tmp_path) as held:
        assert held.taken_over == (lease,)
    with taken({"psu": ADDRESS}, "mine", tmp_path) as held:
        assert not held.taken_over


def test_after_a_reboot_the_leases_of_this_machine_are_dead(tmp_path: Path) -> None:
    before = msgspec.structs.replace(this_process(), boot="another-boot")
    left_behind(tmp_path, msgspec.structs.replace(holder_here(beat=60.0), process=before))
    with taken({"psu": ADDRESS}, "mine", tmp_path) as held:
        assert len(held.taken_over) == 1


def test_a_killed_holder_is_taken_over(tmp_path: Path, racer: Callable[..., Racer]) -> None:
    first = racer("killed")
    assert first.ask("take 0") == "got 0"
    with pytest.raises(BenchError, match="run killed"), taken(BENCH, "mine", tmp_path / "leases"):
        pass
    first.kill()
    with taken(BENCH, "mine", tmp_path / "leases") as held:
        assert [lease.holder.run for lease in held.taken_over] == ["killed"]


def test_a_process_that_uses_the_bench_keeps_it_from_others(
    tmp_path: Path, racer: Callable[..., Racer]
) -> None:
    folder = tmp_path / "leases"
    guardian, worker = racer("r"), racer("none", "sim:x")
    assert guardian.ask("take 0") == "got 0"
    assert guardian.ask(f"keep {worker.process.pid}") == "kept"
    guardian.kill()
    with pytest.raises(BenchError, match="run r:"), taken({"psu": ADDRESS}, "other", folder):
        pass
    # The run's own next guardian takes its place.
    with taken({"psu": ADDRESS}, "r", folder) as held:
        assert len(held.taken_over) == 1
        held.keep(worker.process.pid)


@pytest.mark.parametrize("data", [b"", b'{"key": "tcp:1', b"\0\0\0\0"])
def test_a_half_written_lease_blocks_no_longer_than_it_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr("labctl.leases.life.BEAT", 0.01)
    left_behind(tmp_path, dead_holder())
    file = next(tmp_path.glob("*.lease"))
    file.write_bytes(data)
    with taken({"psu": ADDRESS}, "mine", tmp_path) as held:
        assert not held.taken_over
        assert not file.exists()


def test_killed_while_taking(
    tmp_path: Path, racer: Callable[..., Racer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labctl.leases.life.BEAT", 0.02)
    many = [f"tcp://192.0.2.{number}:1" for number in range(1, 41)]
    for turn in range(3):
        victim = racer("victim", *many)
        victim.say("take 0")
        folder = tmp_path / "leases"
        while not (folder.is_dir() and len(list(folder.glob("*.lease"))) > 10 + turn):
            assert victim.process.poll() is None
        victim.kill()
        with taken({str(n): address for n, address in enumerate(many)}, "mine", folder) as held:
            assert {lease.holder.run for lease in held.taken_over} <= {"victim"}
            assert len(held.leases) == len(many)


def test_files_do_not_pile_up(tmp_path: Path) -> None:
    for _ in range(5):
        with taken({"psu": ADDRESS}, "mine", tmp_path):
            pass
    (file,) = tmp_path.iterdir()
    assert Shelf(tmp_path).tops() == {file.name.split(".")[0]: 10}
