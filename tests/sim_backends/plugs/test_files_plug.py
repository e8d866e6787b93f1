"""The door `sim:files`: a folder in which files grow, in virtual time too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from labctl import clock
from labctl.errors import BenchError
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.faults import Delay, Disconnect, Drift, Garble, Reboot, Silence, Stuck, Truncate
from sim_backends.plugs import files_plug

SPEC = RoleSpec("files.touchstone", "attenuator", "sim:files")
START, WHOLE, PERIOD, HELD = 1.0, 2.6, 50.0, 2.0
"""Seconds to the first piece and to the last, between files; by which a spoiled file is later."""


def on_bench(
    use: Callable[[SimBench, Path], Awaitable[Any]], *, faults: Any = (), virtual: bool = True
) -> Any:
    """What `use` makes of a bench with one instrument that writes files, and of its folder."""
    bench = SimBench("reference", {"vna": SPEC}, None, 1, faults={"vna": faults}, faulty=True)

    async def main() -> Any:
        bench.open(clock.now())
        try:
            return await use(bench, folder(bench.address("vna")))
        finally:
            bench.close()

    return clock.run(main(), virtual=virtual)


def folder(address: str) -> Path:
    scheme, _, rest = address.partition("://")
    path, _, options = rest.partition("?")
    assert scheme == "folder" and parse_qs(options) == {"pattern": ["*.s2p"], "old": ["1"]}
    return Path(path)


def contents(at: Path) -> list[bytes]:
    """Files by their names."""
    return [path.read_bytes() for path in sorted(at.iterdir())]


async def seen(bench: SimBench, at: Path) -> list[list[bytes]]:
    """The folder while the first file grows, and after the second one."""
    found: list[list[bytes]] = []
    for t in (0.5, START + 0.1, START + 0.9, WHOLE + 0.1, PERIOD + WHOLE + HELD):
        await clock.sleep_until(t)
        found.append(contents(at))
    return found


def healthy() -> list[bytes]:
    return on_bench(seen)[-1]


def test_a_file_grows_and_another_follows() -> None:
    before, little, more, whole, two = on_bench(seen)
    assert before == []
    assert 0 < len(little[0]) < len(more[0]) < len(whole[0])
    assert whole[0].startswith(more[0]) and more[0].startswith(little[0])
    assert len(two) == 2 and two[0] == whole[0] != two[1]


def test_in_real_time_too_and_the_folder_goes_with_the_bench() -> None:
    async def use(bench: SimBench, at: Path) -> Path:
        await clock.sleep(START + 0.2)
        assert len(contents(at)) == 1
        return at

    assert not on_bench(use, virtual=False).exists()


def test_times_of_change_are_those_of_the_bench() -> None:
    async def use(bench: SimBench, at: Path) -> float:
        await clock.sleep(PERIOD)
        (path,) = at.iterdir()
        return path.stat().st_mtime - clock.VIRTUAL_EPOCH

    assert on_bench(use) == pytest.approx(WHOLE, abs=1e-3)


def test_the_laboratorys_notes_lie_beside_the_files() -> None:
    spec = RoleSpec("files.land_csv", "coin_cell", "sim:files")
    bench = SimBench("reference", {"cycler": spec}, None, 1)

    async def main() -> tuple[str, list[str]]:
        bench.open(clock.now())
        try:
            at = Path(bench.address("cycler").removeprefix("folder://").partition("?")[0])
            return bench.address("cycler"), [path.name for path in at.iterdir()]
        finally:
            bench.close()

    address, names = clock.run(main(), virtual=True)
    assert names == [files_plug.NOTES] and address.endswith("?pattern=*.csv&old=1")


def test_the_folder_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_plug, "KEPT", 3)

    async def use(bench: SimBench, at: Path) -> list[str]:
        await clock.sleep(10 * PERIOD)
        return sorted(path.name for path in at.iterdir())

    names = on_bench(use)
    assert [name[-8:-4] for name in names] == ["0551", "0641", "0731"]


def test_silence_keeps_the_first_file_back() -> None:
    first, second = healthy()
    assert on_bench(seen, faults=[Silence()])[-1] == [second] != [first]


def test_a_cut_file_is_never_completed() -> None:
    first, second = healthy()
    *_, cut, after = on_bench(seen, faults=[Truncate(keep=700)])
    assert len(first) > 700
    assert after == [first[:700], second] and cut != [first]


def test_garble_and_stuck_and_delay() -> None:
    first, second = healthy()
    garbled, sound = on_bench(seen, faults=[Garble()])[-1]
    assert garbled != first and len(garbled) == len(first) and sound == second
    assert on_bench(seen, faults=[Stuck()])[-1][1] == first
    assert on_bench(seen, faults=[Delay(seconds=30.0)])[3] == []
    assert on_bench(seen, faults=[Delay(seconds=30.0)])[4] == [first, second]


def test_a_restart_while_it_writes_leaves_a_cut_file() -> None:
    first, _ = healthy()
    *_, after = on_bench(seen, faults=[Reboot(after=1.5, seconds=5.0)])
    assert first.startswith(after[0]) and 0 < len(after[0]) < len(first)
    assert len(after) == 2 and len(after[1]) > 1000


def test_a_lost_folder_and_a_fault_that_cannot_be() -> None:
    async def use(bench: SimBench, at: Path) -> bool:
        await clock.sleep(PERIOD)
        return at.exists()

    assert on_bench(use) and not on_bench(use, faults=[Disconnect()])
    with pytest.raises(BenchError, match="no sensor"):
        on_bench(use, faults=[Drift(rate=1.0)])


def test_faults_come_and_go_while_it_runs() -> None:
    async def use(bench: SimBench, at: Path) -> list[int]:
        bench.inject("vna", Silence(times=None))
        await clock.sleep(PERIOD)
        silent = len(contents(at))
        bench.heal("vna")
        await clock.sleep(PERIOD)
        return [silent, len(contents(at)), bench.transactions("vna")]

    assert on_bench(use) == [0, 1, 2]


def test_closed_it_has_no_address() -> None:
    with pytest.raises(BenchError, match="not open"):
        SimBench("reference", {"vna": SPEC}, None, 1).address("vna")
