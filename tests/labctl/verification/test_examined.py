"""What tells of a forger who computes every hash anew and has no key of the lab."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from labctl.bundle import layout, seal
from labctl.bundle.lodging import lodged
from labctl.bundle.make import Crate, write_crate
from labctl.bundle.stamping import stamp
from labctl.engine import execute
from labctl.keys import KeyList
from labctl.verification.examined import Examined, examine
from tests.labctl.bundle.authority import Authority
from tests.labctl.bundle.bundles import copied, listing, signer, told
from tests.labctl.bundle.forger import Change, forge
from tests.labctl.bundle.traced import resolve
from tests.labctl.fakelab import request

WHO, AUTHORITY = signer(), Authority()
KEYS = listing(WHO, believed=AUTHORITY)
RESULT = "SELECT result FROM steps WHERE result LIKE '%values%'"
ROW = "UPDATE readings SET value = value + ? WHERE rowid = ?"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Crate:
    tmp = tmp_path_factory.mktemp("honest")
    return write_crate(execute(request(tmp / "runs"), resolve).path, tmp / "bundle", WHO)


@pytest.fixture
def folder(honest: Crate, tmp_path: Path) -> Path:
    return copied(honest.folder, tmp_path / "copy")


def examined(path: Path, keys: KeyList = KEYS) -> Examined:
    return examine(path, keys, None, resolve)


def column(folder: Path, sql: str) -> str:
    with closing(sqlite3.connect(folder / layout.RUN / "journal.db")) as connection:
        return connection.execute(sql).fetchone()[0]


def edited(folder: Path, edit: Callable[[dict[str, list[float]]], None]) -> Change:
    """The step's result with another reading in it."""
    result = json.loads(column(folder, RESULT))
    edit(result)
    sql = "UPDATE steps SET result = ? WHERE result LIKE '%values%'"
    return sql, (json.dumps(result, separators=(",", ":")),)


def test_an_honest_bundle_of_it(honest: Crate) -> None:
    found = examined(honest.folder)
    assert found.ok and not told(found)
    assert [one.difference for one in found.reduction] == [0.0]


def test_a_reading_alone_is_told_by_the_integrity(folder: Path) -> None:
    with closing(sqlite3.connect(folder / layout.RUN / "journal.db")) as connection:
        connection.execute(ROW, (1e-6, 4))
        connection.commit()
    assert "integrity" in told(examined(folder))


@pytest.mark.parametrize("row", range(1, 11))
def test_any_reading_with_all_hashes_is_told_by_author_and_reduction(
    folder: Path, row: int
) -> None:
    forge(folder, (ROW, (1e-6, row)))
    found = examined(folder)
    assert told(found) == {"author", "reduction"} and found.exit_code == 3
    assert "which was not recorded" in found.problems[0].text


def test_the_result_of_a_step_alone_is_told_by_the_reduction(folder: Path) -> None:
    forge(folder, edited(folder, lambda result: result["values"].__setitem__(3, 119.0)))
    assert told(examined(folder)) == {"author", "reduction"}


def test_a_reading_wherever_it_stands_is_told_by_the_figure(folder: Path) -> None:
    value = json.loads(column(folder, RESULT))["values"][3] + 1e-4
    change = edited(folder, lambda result: result["values"].__setitem__(3, value))
    forge(folder, change, ("UPDATE readings SET value = ? WHERE rowid = 4", (value,)))
    found = examined(folder)
    assert told(found) == {"author", "reduction"}
    (one,) = found.reduction
    assert not one.contradictions and one.difference == pytest.approx(1e-5 / 0.01, rel=1e-3)


def test_a_verdict_alone_is_told_by_the_decision(folder: Path) -> None:
    text = column(folder, "SELECT value FROM facts WHERE name = 'verdict'")
    assert '"PASS"' in text
    changed = text.replace('"PASS"', '"FAIL"')
    forge(folder, ("UPDATE facts SET value = ? WHERE name = 'verdict'", (changed,)))
    found = examined(folder)
    assert told(found) == {"author", "decision"} and found.exit_code == 3


def test_who_signs_with_a_key_of_his_own_is_not_on_the_list(folder: Path) -> None:
    mallory = signer("ada")
    forge(folder, (ROW, (1e-6, 4)), signer=mallory)
    found = examined(folder)
    assert found.author.state == "unknown" and "NOT on the list" in found.author.text
    assert found.author.role == ""


def test_the_old_signature_does_not_fit_what_was_forged(honest: Crate, folder: Path) -> None:
    forge(folder, (ROW, (1e-6, 4)), signer=WHO)
    (folder / layout.SIGNATURE).write_bytes((honest.folder / layout.SIGNATURE).read_bytes())
    found = examined(folder)
    assert found.author.state == "wrong" and found.exit_code == 3


def test_a_lodged_head_and_a_time_stamp_tell_of_any_forgery(honest: Crate, folder: Path) -> None:
    known = lodged(honest.folder / layout.RUN)
    assert examine(folder, KEYS, known, resolve, reduce=False).time.state == "proven"
    stamp(folder, AUTHORITY.answer(seal.read(folder).canonical), KEYS.authority)
    assert examined(folder).proven
    forge(folder, (ROW, (1e-6, 4)), signer=WHO)  # the owner of the key himself
    assert "time" in told(examined(folder))
    assert told(examine(folder, KEYS, known, resolve, reduce=False)) == {"time"}


def test_a_wrong_stamp_stays_wrong_whatever_is_lodged_later(folder: Path) -> None:
    stamp(folder, AUTHORITY.answer(seal.read(folder).canonical), KEYS.authority)
    forge(folder, (ROW, (1e-6, 4)), signer=WHO)
    later = lodged(folder / layout.RUN)
    assert examine(folder, KEYS, later, resolve, reduce=False).time.state == "wrong"


def test_figures_that_come_out_otherwise_are_not_proven_by_other_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labctl.verification.reduction.code_sha256", lambda _: "other")
    assert all(one.same for one in examined(folder).reduction)
    sql = "UPDATE facts SET value = replace(value, ?, ?) WHERE name = 'evidence'"
    forge(folder, (sql, ('"value":119.9', '"value":129.9')), signer=WHO)
    stamp(folder, AUTHORITY.answer(seal.read(folder).canonical), KEYS.authority)
    found = examined(folder)
    assert not any(one.wrong or one.same for one in found.reduction)
    assert found.time.state == "proven" and not found.proven


def test_a_code_that_was_changed_is_named_and_is_no_forgery(
    honest: Crate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labctl.verification.reduction.code_sha256", lambda _: "other")
    (one,) = examined(honest.folder).reduction
    assert not one.wrong and one.difference == 0.0
    assert any(name.startswith("procedure:") for name in one.changed)
