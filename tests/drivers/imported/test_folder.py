"""What every importer shares: which file is meant, who measured, what is refused by name."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

import drivers
from drivers.conformance.folder import folder_of
from drivers.imported.beside import NAME
from drivers.imported.folder import Importer
from drivers.imported.shelf import name_below
from drivers.imported.source import Header, Refused, Source, own
from drivers.links.opening import open_folder_link
from drivers.links.settings import FolderSettings
from drivers.roles.imported import Imported
from labctl import clock
from labctl.errors import BenchError, Defect, InstrumentError, LinkError
from labctl.evidence import Identity
from tests.drivers.imported.folders import Folder, run


class Notes(Importer[Imported[str]]):
    """A format for these tests: `sample|method|words`, whole where it ends with a full stop."""

    instrument_class = "data_logger"
    suffixes = (".note",)

    def result_of(self, source: Source) -> Imported[str]:
        text = source.data.decode("utf-8")
        if not text.endswith("."):
            raise Refused("is cut: it has no full stop")
        sample, method, words = text.split("|")
        who = Identity("Acme", "Pen", "SIM-7")
        header = Header(method, sample, 1_767_225_000.0, who, "utf-8")
        return Imported(source.file(own("tests"), header), words)


def note(sample: str, words: str = "words.") -> bytes:
    return f"{sample}|method 1|{words}".encode()


FILES = {
    "a.note": note("S1", "one."),
    "图/乙.note": note("S2", "two."),
    "c.note": note("S1", "三."),
}


def test_the_newest_by_name_and_by_sample(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        folder.put("other.txt", b"not of this format")
        newest = await notes.latest()
        assert (newest.result, newest.file.name) == ("三.", "c.note")
        assert (await notes.read("图/乙.note")).result == "two."
        assert (await notes.read("图\\乙.note")).file.name == "图/乙.note"
        assert [one.result for one in await notes.of_sample("S1")] == ["one.", "三."]
        assert await notes.of_sample("S9") == ()

    run(tmp_path, Notes, body, FILES)


def test_the_file_stands_in_the_evidence(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        file = (await notes.read("a.note")).file
        data = FILES["a.note"]
        assert (file.sha256, file.size) == (hashlib.sha256(data).hexdigest(), len(data))
        assert (file.reader, file.method, file.sample) == ("tests", "method 1", "S1")
        assert file.reader_version and file.encoding == "utf-8"
        assert file.written_utc == (tmp_path / "a.note").stat().st_mtime
        assert file.instrument == Identity("Acme", "Pen", "SIM-7")

    run(tmp_path, Notes, body, FILES)


def test_who_measured_is_read_from_the_newest_file(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        with pytest.raises(Defect):
            _ = notes.identity
        assert (await notes.identify()).serial == "SIM-7"
        assert notes.identity.simulated
        await notes.safe()
        await notes.resync()
        await notes.close()
        assert (folder.resyncs, folder.closed) == (1, 1)

    run(tmp_path, Notes, body, FILES)


def test_nobody_is_identified_where_no_file_comes(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        with pytest.raises(LinkError):
            await notes.identify()
        assert clock.now() >= notes.settings.timeout

    run(tmp_path, Notes, body, {"x.txt": b"other"})


def test_results_one_after_the_other(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        first = await notes.following("", timeout=1.0)
        assert first.result == "one."
        second = await notes.following(first.file.sha256.upper(), timeout=1.0)
        third = await notes.following(second.file.sha256, timeout=1.0)
        began = clock.now()
        with pytest.raises(InstrumentError, match="no further result within 5 s"):
            await notes.following(third.file.sha256, timeout=5.0)
        assert 5.0 <= clock.now() - began < 10.0
        folder.put("d.note", note("S4", "four."))
        assert (await notes.following(third.file.sha256, timeout=5.0)).result == "four."
        with pytest.raises(InstrumentError, match="no file of this folder hashes to 00"):
            await notes.following("00", timeout=1.0)

    run(tmp_path, Notes, body, FILES)


def test_a_cut_file_is_refused_by_name(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        folder.put("cut.note", note("S1", "fou"))
        with pytest.raises(
            InstrumentError, match=r"cut\.note is cut: it has no full stop"
        ) as caught:
            await notes.latest()
        assert caught.value.address == folder.address
        assert caught.value.remedy
        with pytest.raises(InstrumentError, match=r"cut\.note"):
            await notes.of_sample("S1")
        assert (await notes.read("a.note")).result == "one."

    run(tmp_path, Notes, body, FILES)


def test_what_is_not_there_or_was_changed_is_told(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        with pytest.raises(InstrumentError, match="no complete file"):
            await notes.latest()
        with pytest.raises(InstrumentError, match="no such file"):
            await notes.read("b.note")
        (tmp_path / "grows.note").write_bytes(b"half")
        with pytest.raises(InstrumentError, match="still grows"):
            await notes.read("grows.note")
        path = folder.put("a.note", note("S1", "one."))
        folder.put("b.note", note("S1", "two."))
        await notes.latest()
        path.write_bytes(note("S1", "ONE."))
        with pytest.raises(InstrumentError, match="changed or gone"):
            await notes.read("a.note")
        folder.put("a.note", note("S1", "ONE."))
        assert (await notes.read("a.note")).result == "ONE."
        assert [one.result for one in await notes.of_sample("S1")] == ["two.", "ONE."]

    run(tmp_path, Notes, body)


def test_what_the_bench_adds_is_named_with_its_hash(tmp_path: Path) -> None:
    settings = 'method = "SOP 12"\nsample = "S5"\n'

    async def body(notes: Notes, folder: Folder) -> None:
        file = (await notes.latest()).file
        assert (file.method, file.sample) == ("SOP 12", "S5")
        digest = hashlib.sha256((tmp_path / NAME).read_bytes()).hexdigest()
        assert file.remarks == (f"{NAME} beside it, sha256 {digest}",)

    run(tmp_path, Notes, body, {"a.note": b"||one."}, settings)


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [("pionts = 3", "pionts"), ("points = 'x'", "points"), ("[", NAME), ("a = '\xe9'", NAME)],
)
def test_what_the_bench_adds_wrongly_is_named(tmp_path: Path, settings: str, wrong: str) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        with pytest.raises(BenchError, match=wrong):
            await notes.latest()

    run(tmp_path, Notes, body, FILES, settings)


def test_a_file_without_method_is_refused(tmp_path: Path) -> None:
    async def body(notes: Notes, folder: Folder) -> None:
        with pytest.raises(InstrumentError, match="names no method"):
            await notes.latest()

    run(tmp_path, Notes, body, {"a.note": b"S1||one."})


def test_the_readers_are_imported_with_the_first_file() -> None:
    names = [name for name in folder_of("drivers").names() if name.startswith("imported.")]
    assert len(names) > 16
    imports = "; ".join(f"import drivers.{name}" for name in names)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {imports}; print(' '.join(sys.modules))"],
        cwd=Path(drivers.__file__).parents[1],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    heavy = {"numpy", "scipy", "h5py", "tifffile", "PIL", "gwyfile", "skrf", "pandas"}
    assert not heavy & set(done.stdout.split())


def test_paths_of_both_systems_below_a_folder() -> None:
    windows = PureWindowsPath(r"C:\数据\xrd")
    assert name_below(windows / "一月" / "样品 1.xrdml", windows) == "一月/样品 1.xrdml"
    posix = PurePosixPath("/data/xrd")
    assert name_below(posix / "a" / "b.csv", posix) == "a/b.csv"
    assert name_below(PurePosixPath("/other/b.csv"), posix) == "b.csv"


def test_a_growing_file_is_not_read_from_a_real_folder(tmp_path: Path) -> None:
    class Quick(Notes):
        settings = FolderSettings(timeout=2.0, settled=0.1, poll=0.02)

    async def main() -> Any:
        link = await open_folder_link(
            f"folder://{tmp_path}?pattern=**/*.note&old=1", Quick.settings
        )
        notes = Quick(link)
        path = tmp_path / "样品" / "一.note"
        path.parent.mkdir()
        with path.open("wb") as writer:
            writer.write(note("S1", "ha"))
            writer.flush()
            with pytest.raises(InstrumentError, match="still grows"):
                await notes.read("样品/一.note")
            writer.write(b"lf.")
        os.utime(path, (1_700_000_000.0, 1_700_000_000.0))
        found = await notes.following("", timeout=2.0)
        await notes.close()
        return found

    found = clock.run(main(), virtual=False)
    assert (found.result, found.file.name) == ("half.", "样品/一.note")
    assert found.file.written_utc == 1_700_000_000.0
