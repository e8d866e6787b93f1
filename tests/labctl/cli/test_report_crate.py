"""`labctl report --format crate|parquet`."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as of_parquet

from tests.labctl.cli.conftest import Command
from tests.labctl.verification.done import done


def test_a_crate_is_signed_by_the_one_key_there_is(labctl: Command, tmp_path: Path) -> None:
    run = done(tmp_path / "runs")
    key = labctl("key", "new", "ada", "--json").document
    made = labctl("report", "last", "--format", "crate", "--json").document
    assert made["signed_by"] == "ada" and Path(made["path"]).parent == run
    assert Path(made["archive"]).is_file()
    first = labctl("verify", made["archive"], "--quick")
    assert first.code == 0 and "UNKNOWN: signed as ada" in first.out
    assert labctl("verify", made["archive"], "--quick", "--strict").code == 3
    labctl("key", "trust", key["file"])
    assert "ada (author)" in labctl("verify", made["archive"], "--quick").out


def test_without_a_key_it_says_so(labctl: Command, tmp_path: Path) -> None:
    done(tmp_path / "runs")
    answer = labctl("report", "last", "--format", "crate", "--output", tmp_path / "b.zip")
    assert answer.code == 0 and "NOT SIGNED" in answer.err
    assert answer.out.splitlines() == [str(tmp_path / "b"), str(tmp_path / "b.zip")]
    assert "author     the bundle is not signed" in labctl("verify", tmp_path / "b", "--quick").out


def test_of_two_keys_one_is_to_be_named(labctl: Command, tmp_path: Path) -> None:
    done(tmp_path / "runs")
    labctl("key", "new", "ada")
    labctl("key", "new", "bob")
    assert "several keys" in labctl("report", "last", "--format", "crate").err
    made = labctl("report", "last", "--format", "crate", "--key", "bob", "--json").document
    assert made["signed_by"] == "bob"


def test_readings_as_parquet(labctl: Command, tmp_path: Path) -> None:
    done(tmp_path / "runs")
    answer = labctl("report", "last", "--format", "parquet", "--output", tmp_path / "r.parquet")
    assert answer.out.strip() == str(tmp_path / "r.parquet")
    assert of_parquet.read_table(tmp_path / "r.parquet").num_rows == 71
    assert labctl("report", "last", "--format", "docx").code == 3
    wrong = labctl("report", "last", "--format", "parquet", "--output", tmp_path / "no" / "r")
    assert wrong.code == 3
