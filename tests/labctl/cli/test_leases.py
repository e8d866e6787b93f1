"""`labctl leases` lists who holds what."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labctl.leases import taken
from labctl.leases.shelf import Shelf
from tests.labctl.cli.conftest import Command
from tests.labctl.leases.conftest import holder_here, left_behind

BENCH = {"psu": "tcp://192.0.2.20:5025"}


def test_nothing_is_held(labctl: Command, tmp_path: Path) -> None:
    assert labctl("leases", "--json").document == []
    assert "0 leases" in labctl("leases").err
    assert not (tmp_path / "leases").exists()


def test_each_lease_is_told_with_its_state(labctl: Command, tmp_path: Path) -> None:
    folder = tmp_path / "leases"
    left_behind(folder, msgspec.structs.replace(holder_here("far"), host="pc2"))
    shelf = Shelf(folder)
    (folder / "torn-0123.4.lease").write_bytes(b"{")
    with taken(BENCH, "mine", folder):
        rows = {row["key"]: row for row in labctl("leases", "--json").document}
        text = labctl("leases").out
    assert {key: row["state"] for key, row in rows.items()} == {
        "tcp:192.0.2.10:5025": "unknown",
        "tcp:192.0.2.20:5025": "held",
        "torn-0123.4": "broken",
    }
    mine = rows["tcp:192.0.2.20:5025"]
    assert (mine["run"], mine["roles"], mine["addresses"]) == ("mine", ["psu"], [*BENCH.values()])
    assert all(part in text for part in ("mine", "psu", "on another machine", "broken", "pc2"))
    assert len(shelf.tops()) == 3
    assert len(labctl("leases", "--json").document) == 2


def test_chinese(labctl: Command, tmp_path: Path) -> None:
    with taken(BENCH, "mine", tmp_path / "leases"):
        assert "使用中" in labctl("leases", "--lang", "zh").out


def test_doctor_counts_them_and_tells_a_folder_that_cannot_be(
    labctl: Command, tmp_path: Path
) -> None:
    def check() -> dict[str, object]:
        rows = labctl("doctor", "--bench", tmp_path / "none", "--json").document
        return {row["name"]: row for row in rows}["leases folder"]

    folder = tmp_path / "leases"
    with taken(BENCH, "mine", folder):
        found = check()
        assert found["ok"] and "1 held" in str(found["detail"])
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.touch()
    assert check()["ok"] is False
