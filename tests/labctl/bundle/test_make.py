from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as of_parquet
import pytest

from labctl.acceptance.authorising import authorise
from labctl.bundle import layout, seal
from labctl.bundle.files import listed
from labctl.bundle.make import write_crate
from labctl.errors import JournalError, UsageError
from labctl.runfile import open_run
from labctl.runfolder import file_sha256
from tests.labctl.acceptance.real import real_run
from tests.labctl.bundle.bundles import bundled, examined, listing, signer
from tests.labctl.verification.done import alter, done


def test_it_holds_what_a_verdict_stands_on(tmp_path: Path) -> None:
    made = bundled(tmp_path, signer())
    names = {one.path for one in listed(made.folder)}
    record = open_run(made.folder / layout.RUN)
    (item,) = record.items
    assert item.verdict is not None and item.evidence is not None
    assert {
        *("agreement.json", "provenance.json", "register.json", "ro-crate-metadata.json"),
        *("readings.csv", "readings.parquet", "report.html", "report.zh.html"),
        *("indicators/1-1.1-90.json", "verdicts/1-1.1-90.json", "code/index.json"),
        *("run/journal.db", "run/manifest.json"),
        *(f"run/attachments/{one.sha256}" for one in item.evidence.attachments),
    } <= names
    assert any(name.startswith("benches/") for name in names)
    provenance = json.loads((made.folder / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["seed"] == record.seed and provenance["draws"] == 10_000
    assert provenance["packages"]["python"] and provenance["code"]["labctl"]
    indicator = json.loads((made.folder / "indicators/1-1.1-90.json").read_text(encoding="utf-8"))
    assert indicator["name_zh"] == "电阻" and indicator["name_en"]
    lines = json.loads((made.folder / "register.json").read_text(encoding="utf-8"))["lines"]
    assert [json.loads(one["line"])["event"] for one in lines] == ["begun", "done"]


def test_every_file_is_in_the_manifest_and_in_the_metadata(tmp_path: Path) -> None:
    made = bundled(tmp_path)
    document = json.loads((made.folder / layout.METADATA).read_text(encoding="utf-8"))
    graph = {entity["@id"]: entity for entity in document["@graph"]}
    manifest = seal.read(made.folder)
    assert manifest.files == listed(made.folder)
    for one in manifest.files:
        path = made.folder / one.path
        assert (one.size, one.sha256) == (path.stat().st_size, file_sha256(path))
        if one.path != layout.METADATA:
            entity = graph[one.path]
            assert (entity["@type"], entity["sha256"]) == ("File", one.sha256)
            assert entity["contentSize"] == str(one.size) and entity["description"]
    assert graph[layout.METADATA]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    assert parts == {one.path for one in manifest.files} - {layout.METADATA} | {layout.MANIFEST}
    ids = [entity["@id"] for entity in document["@graph"]]
    assert len(ids) == len(set(ids))
    assert graph["#item-1"]["result"]["@id"] in graph


def test_the_tables_hold_every_reading_with_every_digit(tmp_path: Path) -> None:
    made = bundled(tmp_path)
    record = open_run(made.folder / layout.RUN)
    known = [
        (item.id, channel, r.t, r.utc, r.value, r.unit, r.address, r.serial)
        for item in record.items
        for channel in item.channels
        for r in record.each(item.id, channel)
    ]
    table = of_parquet.read_table(made.folder / "readings.parquet").to_pylist()
    names = ("item", "channel", "t_s", "utc_s", "value", "unit", "address", "serial")
    assert [tuple(row[name] for name in names) for row in table] == known
    assert all(abs(row["utc"].timestamp() - row["utc_s"]) < 1e-5 for row in table)
    with open(made.folder / "readings.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(float(row["t_s"]), float(row["value"])) for row in rows] == [
        (row[2], row[4]) for row in known
    ]


def test_folder_and_archive_say_the_same(tmp_path: Path) -> None:
    who = signer()
    made = bundled(tmp_path, who)
    for path in (made.folder, made.archive):
        found = examined(path, listing(who), reduce=True)
        assert found.ok and found.author.state == "known", found.problems
        assert found.exit_code == 0 and found.files == len(made.manifest.files)
        assert [one.difference for one in found.reduction] == [0.0]


def test_an_authorised_run_takes_its_authorisation_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABCTL_KEYS", str(tmp_path / "keys.toml"))
    run = real_run(tmp_path / "runs").path
    authorise(run, "Chen Li", "released")
    made = write_crate(run, tmp_path / "bundle")
    assert (made.folder / layout.RUN / "authorisation.json").is_file()
    assert "Chen Li" in (made.folder / "report.html").read_text(encoding="utf-8")
    assert examined(made.archive).ok
    path = made.folder / layout.RUN / "authorisation.json"
    path.write_bytes(path.read_bytes().replace(b"Chen Li", b"Chen La"))
    assert not examined(made.folder).ok


def test_nobody_signs_what_was_not_written(tmp_path: Path) -> None:
    run = done(tmp_path)
    alter(run, "UPDATE readings SET value = 121.0 WHERE rowid = 3")
    with pytest.raises(JournalError, match="is not what was written"):
        write_crate(run)
    assert not list(run.glob("*.crate*"))


def test_a_bundle_is_never_written_over(tmp_path: Path) -> None:
    made = bundled(tmp_path)
    before = made.archive.read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        write_crate(tmp_path / "runs" / made.manifest.run, tmp_path / "bundle.zip")
    assert made.archive.read_bytes() == before


def test_making_and_examining_write_nothing_into_the_run(tmp_path: Path) -> None:
    run = done(tmp_path)
    before = {one.path: one.sha256 for one in listed(run)}
    write_crate(run, tmp_path / "bundle")
    examined(run, reduce=True)
    assert {one.path: one.sha256 for one in listed(run)} == before
