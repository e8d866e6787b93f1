"""The record: what is written is what is read, and what has changed is stale."""

from __future__ import annotations

import tomllib
from math import nan
from pathlib import Path

import pytest

from labctl.proficiency import record as records
from labctl.proficiency.code import Code, digest
from labctl.proficiency.marks import Marks
from labctl.proficiency.proving import Proved
from labctl.proficiency.record import Record, read, write


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of its own with a procedure and a method, and its bench file."""
    name = f"acme_{tmp_path.name}"
    folder = tmp_path / name
    folder.mkdir()
    for module in ("__init__", "procedure", "method"):
        (folder / f"{module}.py").write_text(f'"""{module}"""\n', encoding="utf-8")
    (folder / "bench.toml").write_text('name = "acme"\n', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def proved(package: str, id: str = "acme/one", *, ok: bool = True, name: str = "one") -> Proved:
    code = Code(f"{package}.procedure", (f"{package}.method",), bench=f"{package}:bench.toml")
    marks = Marks(id, 100, 4, 1.0345678, -0.1, 100, 3, ok, 50, 1, () if ok else ("rms z 2",))
    return Proved(f"{package}.procedure.{name}", (marks,), 7, code, before=(marks,))


def test_what_is_written_is_read(package: str, tmp_path: Path) -> None:
    document = Marks("acme/paper", 100, 0, nan, nan, 0, 0, True)
    known = Record().having(proved(package)).having(proved(package, "acme/two", ok=False))
    known = known.having(Proved("acme.paper", (document,), 8, Code("labctl.series")))
    path = tmp_path / records.FILE
    write(path, known)
    assert read(path) == known
    table = tomllib.loads(path.read_text(encoding="utf-8"))["results"]["acme/one"]
    assert table["u_ratio"] == 1.035
    assert table["first"]["draws"] == 100
    assert "u_ratio" not in tomllib.loads(path.read_text(encoding="utf-8"))["results"]["acme/paper"]
    assert known.proficient() == {"acme/one", "acme/paper"}


@pytest.mark.parametrize(
    ("file", "kind"),
    [("procedure.py", "procedure"), ("method.py", "method"), ("bench.toml", "bench")],
)
def test_a_change_makes_it_stale_and_says_of_what(
    package: str, tmp_path: Path, file: str, kind: str
) -> None:
    known = Record().having(proved(package))
    assert known.stale() == {}
    path = tmp_path / package / file
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert known.stale() == {}, "line ends do not count"
    path.write_bytes(path.read_bytes() + b"# changed\n")
    assert known.stale() == {f"{package}.procedure.one": (kind,)}
    assert known.fresh() == {}
    assert known.proficient() == set()


def test_a_module_that_is_gone_makes_it_stale(package: str, tmp_path: Path) -> None:
    known = Record().having(proved(package))
    (tmp_path / package / "method.py").unlink()
    assert known.stale() == {f"{package}.procedure.one": ("method",)}


def test_a_result_without_its_code_counts_for_nothing(package: str) -> None:
    whole = Record().having(proved(package))
    assert Record({}, whole.results).proficient() == set()


def test_results_of_other_code_leave_the_record(package: str, tmp_path: Path) -> None:
    """Two indicators of one procedure; the method is changed, and only one is tried again."""
    known = Record().having(proved(package)).having(proved(package, "acme/two"))
    path = tmp_path / package / "method.py"
    path.write_text('"""another"""\n', encoding="utf-8")
    again = known.having(proved(package, "acme/two"))
    assert set(again.results) == {"acme/two"}
    assert again.stale() == {}


def test_the_digest_depends_on_every_kind() -> None:
    hashes = Code("labctl.series").hashes()
    assert len({digest({**hashes, kind: "x"}) for kind in hashes} | {digest(hashes)}) == 7
