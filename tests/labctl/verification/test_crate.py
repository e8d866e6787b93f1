"""Any single altered byte of a bundle is found; `ci/soak` alters every one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from labctl.bundle import layout
from labctl.bundle.files import walked
from tests.labctl.bundle.altering import Kept, altered, seals_tell
from tests.labctl.bundle.bundles import copied, examined, told

SMALL = 130
"""Bytes up to which every byte of a file is altered."""


def test_the_bundle_itself_is_told_of_by_nobody(kept: Kept) -> None:
    for path in (kept.crate.folder, kept.crate.archive):
        found = examined(path, kept.keys, reduce=True)
        assert not told(found) and found.proven, found
    assert not seals_tell(kept.crate.folder, kept.keys)


def test_every_byte_of_the_small_files(kept: Kept) -> None:
    small = [path for _, path in walked(kept.crate.folder) if path.stat().st_size <= SMALL]
    names = {path.name for path in small}
    assert {layout.SIGNATURE, layout.TOKEN_SUM, layout.AGREEMENT} <= names
    for path in small:
        for place in altered(path, range(path.stat().st_size)):
            assert seals_tell(kept.crate.folder, kept.keys), f"{path.name}, byte {place}"


def test_a_sample_of_the_bytes_of_all_files(kept: Kept) -> None:
    stream = random.Random(6)
    for _, path in sorted(walked(kept.crate.folder)):
        size = path.stat().st_size
        for place in altered(path, stream.sample(range(size), min(size, 15))):
            assert seals_tell(kept.crate.folder, kept.keys), f"{path.name}, byte {place}"


def test_a_sample_of_the_bytes_of_the_archive(kept: Kept) -> None:
    archive = kept.crate.archive
    size = archive.stat().st_size
    places = [*random.Random(7).sample(range(size), 30), *range(10), size - 1]
    for place in altered(archive, places):
        assert told(examined(archive, kept.keys)), f"byte {place}"


@pytest.mark.parametrize("name", [layout.SIGNATURE, layout.TOKEN, layout.TOKEN_SUM])
def test_a_seal_that_is_taken_away(kept: Kept, tmp_path: Path, name: str) -> None:
    folder = copied(kept.crate.folder, tmp_path / "copy")
    (folder / name).unlink()
    assert told(examined(folder, kept.keys)) == {"author" if name == layout.SIGNATURE else "time"}


def test_a_file_that_is_added_or_gone(kept: Kept, tmp_path: Path) -> None:
    folder = copied(kept.crate.folder, tmp_path / "copy")
    (folder / "verdicts" / "2.json").write_text("{}", encoding="utf-8")
    assert "verdicts/2.json was added" in examined(folder).report.problems[0].text
    (folder / "verdicts" / "2.json").unlink()
    (folder / layout.AGREEMENT).unlink()
    assert examined(folder).report.problems[0].kind == "missing"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (layout.MANIFEST, '"made":"2', '"made":"x'),
        (layout.MANIFEST, '"head":"', '"head":"zz'),
        (layout.MANIFEST, '"name":"ada"', '"name":5'),
        (layout.MANIFEST, '"transactions":', '"transactions":-'),
        (layout.MANIFEST, '{"', '{ "'),
        (layout.MANIFEST, "labctl-crate/1", "labctl-crate/9"),
        (layout.REGISTER, '{"lines":', '{"lines":5,"others":'),
        (layout.REGISTER, '"line":', '"lane":'),
    ],
)
def test_whatever_stands_in_a_seal_is_a_report(
    kept: Kept, tmp_path: Path, name: str, before: str, after: str
) -> None:
    folder = copied(kept.crate.folder, tmp_path / "copy")
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_bytes(text.replace(before, after, 1).encode())
    assert told(examined(folder, kept.keys)) >= {"integrity"}


def test_a_link_to_elsewhere_is_not_followed(kept: Kept, tmp_path: Path) -> None:
    folder = copied(kept.crate.folder, tmp_path / "copy")
    target = folder / layout.AGREEMENT
    try:
        target.rename(tmp_path / "elsewhere.json")
        target.symlink_to(tmp_path / "elsewhere.json")
    except OSError:
        pytest.skip("this system makes no links for this user")
    assert told(examined(folder, kept.keys)) == {"integrity"}


def test_what_is_no_bundle_is_a_report(tmp_path: Path) -> None:
    archive = tmp_path / "crate.zip"
    archive.write_bytes(b"PK\x03\x04 no archive")
    found = examined(archive)
    assert found.exit_code == 3 and told(found) >= {"integrity"}
    (tmp_path / layout.MANIFEST).write_text("[]", encoding="utf-8")
    (tmp_path / layout.METADATA).write_text("{}", encoding="utf-8")
    assert examined(tmp_path).exit_code == 3
