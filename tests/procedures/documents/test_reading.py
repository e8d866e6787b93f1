"""Reading folders as people hand them in: hostile, broken and plain ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from labctl import clock
from labctl.errors import BenchError
from procedures.documents import reading
from procedures.documents.format import Dossier, FileFact

HEAD = 'indicator = "1.1-02"\nprepared_by = "Li Wei"\nchecked_by = "Zhang Min"\n'
ENTRY = """
[[entry]]
kind = "report"
title = "Pilot batch"
holder = "Institute"
date = 2024-05-31
file = "{file}"
"""


def read(folder: Path) -> Dossier:
    return clock.run(reading.read(folder), virtual=True)


def fact(folder: Path, file: str) -> FileFact:
    text = HEAD + ENTRY.replace("{file}", file.replace("\\", "\\\\"))
    (folder / "dossier.toml").write_text(text, encoding="utf-8")
    return read(folder).files[file]


def wrong(folder: Path, text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / "dossier.toml").write_bytes(raw)
    with pytest.raises(BenchError) as caught:
        read(folder)
    assert "dossier.toml" in str(caught.value)
    return str(caught.value)


def test_a_plain_file_is_there_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "报告.pdf").write_bytes(b"abc")
    found = fact(tmp_path, "a/报告.pdf")
    assert (found.size, found.fault) == (3, "")
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert read(tmp_path).index.prepared_by == "Li Wei"


def test_the_day_of_reading_is_the_runs(tmp_path: Path) -> None:
    fact(tmp_path, "x")
    assert str(read(tmp_path).read_on) == "2026-01-01"


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("../secret.pdf", "leads out"),
        ("a/../../secret.pdf", "leads out"),
        ("a\\..\\..\\secret.pdf", "leads out"),
        ("/etc/passwd", "absolute"),
        ("C:\\secret.pdf", "absolute"),
        ("C:secret.pdf", "absolute"),
        ("\\\\host\\share\\x", "absolute"),
        ("", "no file is named"),
        ("  ", "no file is named"),
        ("nowhere.pdf", "cannot be read"),
        (".", "not a regular file"),
        ("empty.pdf", "empty"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_a_path_that_is_no_file_inside_is_refused(tmp_path: Path, file: str, fault: str) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"x")
    (folder / "empty.pdf").write_bytes(b"")
    found = fact(folder, file)
    assert fault in found.fault
    assert found.sha256 == ""


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"x")
    try:
        (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
        (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    except OSError:
        pytest.skip("this account may make no links")
    assert "outside" in fact(folder, "link.pdf").fault
    assert "cannot be read" in fact(folder, "loop.pdf").fault


def test_a_huge_file_is_not_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FILE_BYTES", 10)
    (tmp_path / "huge.pdf").write_bytes(b"x" * 11)
    found = fact(tmp_path, "huge.pdf")
    assert "larger than" in found.fault
    assert found.sha256 == ""


def test_a_pipe_does_not_hang_the_reading(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "not a regular file" in fact(tmp_path, "pipe.pdf").fault


def test_a_huge_index_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "INDEX_BYTES", 100)
    assert "larger than" in wrong(tmp_path, HEAD + "#" * 100)


def test_no_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="a dossier is a folder with a file"):
        read(tmp_path)
    with pytest.raises(BenchError):
        read(tmp_path / "nowhere")


def test_what_is_not_utf8_or_not_toml_names_the_line(tmp_path: Path) -> None:
    assert "not UTF-8: byte 0xD5 in line 4" in wrong(tmp_path, HEAD.encode() + b'x = "\xd5\xc5"')
    assert "line 4" in wrong(tmp_path, HEAD + "entry = ]\n")
    assert "is not TOML" in wrong(tmp_path, "a = " + "[" * 100_000)
    assert "line 2" in wrong(tmp_path, "a = 1\ndate = 2024-02-31\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "indicator"),
        (HEAD + "chekced_on = 2024-01-01\n", "chekced_on"),
        (HEAD + "checked_on = 5\n", "checked_on"),
        (HEAD + ENTRY + "amout = 4\n", "entry 1: Object contains unknown field `amout`"),
        (HEAD + ENTRY + ENTRY.replace("2024-05-31", '"May"'), "entry 2, date"),
        (HEAD + ENTRY.replace('"report"', '"novel"'), "entry 1, kind"),
        (HEAD + ENTRY.replace('title = "Pilot batch"\n', ""), "`title` - at"),
        (HEAD + ENTRY + 'amount = "four"\n', "entry 1, amount"),
        (HEAD + "[period]\nfrom = 2024-01-01\n", "`to`"),
        (HEAD + '[[condition]]\nquantity = "x"\nvalue = "high"\n', "condition 1, value"),
        (HEAD + "entry = 3\n", "entry: Expected `array`"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, text: str, told: str) -> None:
    message = wrong(tmp_path, text)
    assert told.replace(" - at", "") in message
    assert "docs/dossier.md" in message
