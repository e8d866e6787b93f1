from __future__ import annotations

from pathlib import Path

import pytest

from labctl import catalogue
from labctl.cli.coverage import count, proficient_ids
from labctl.errors import BenchError
from labctl.labs import Lab
from labctl.proficiency.code import Code

from .conftest import Command


def test_json_counts_every_direction(labctl: Command) -> None:
    counts = labctl("coverage", "--json").document
    assert len(counts) == 107
    assert sum(row["indicators"] for row in counts.values()) == 1084
    assert counts["1.1"]["procedures"] > counts["1.1"]["measured"] > 0
    for row in counts.values():
        assert list(row) == ["indicators", "procedures", "measured", "proficient"]
        assert row["indicators"] >= row["procedures"] >= row["measured"]
        assert row["procedures"] >= row["proficient"]


def test_the_table_ends_with_the_sums(labctl: Command) -> None:
    last = labctl("coverage").out.splitlines()[-1].split()
    assert last[:2] == ["all", "1084"]


def test_documents_are_not_measured() -> None:
    direction = catalogue.load().direction("1.1")
    assert count(direction, {"1.1-02", "1.1-03"}, {"1.1-03"}) == {
        "indicators": 15,
        "procedures": 2,
        "measured": 1,
        "proficient": 1,
    }


def package_of(tmp_path: Path) -> Path:
    """A package that no other test has imported."""
    return tmp_path / f"acme_{tmp_path.name}"


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    package = package_of(tmp_path)
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    async def opener(*_args: object, **_kwargs: object) -> None:
        raise NotImplementedError

    return Lab("acme", 1, {"procedures": package.name}, opener)  # type: ignore[arg-type]


def record(tmp_path: Path, text: str) -> None:
    (package_of(tmp_path) / "proficiency.toml").write_text(text, encoding="utf-8")


def test_no_record_is_no_proficiency(lab: Lab) -> None:
    assert proficient_ids([lab]) == set()


def entry(ok: bool) -> str:
    marks = "draws = 100\nmisses = 4\nedge = 100\nedge_pass = 2\nmirror = 50\nmirror_fail = 1\n"
    who = 'when = "2026-11-23T05:00:00+00:00"\nprocedure = "acme.one"\nseed = 7\n'
    return f"{who}{marks}ok = {str(ok).lower()}\n"


def whole(sha256: str) -> str:
    kinds = ("method", "drivers", "emulators", "models", "bench")
    hashes = Code("labctl.series").hashes() | {"procedure": sha256}
    return (
        '[code."acme.one".modules]\nprocedure = "labctl.series"\n[code."acme.one".hashes]\n'
        + "".join(f'{kind} = "{hashes[kind]}"\n' for kind in ("procedure", *kinds))
        + f'[results."1.1-03"]\n{entry(True)}[results."1.1-04"]\n{entry(False)}'
    )


def test_passed_tests_on_record_count(lab: Lab, tmp_path: Path) -> None:
    record(tmp_path, whole(Code("labctl.series").hashes()["procedure"]))
    assert proficient_ids([lab]) == {"1.1-03"}


def test_tests_of_other_code_do_not_count(lab: Lab, tmp_path: Path) -> None:
    record(tmp_path, whole("0" * 64))
    assert proficient_ids([lab]) == set()


@pytest.mark.parametrize("text", ["ok = \n", '[results."1.1-03"]\n', "results = 5\n"])
def test_a_malformed_record_names_its_file(lab: Lab, tmp_path: Path, text: str) -> None:
    record(tmp_path, text)
    with pytest.raises(BenchError, match=r"proficiency\.toml"):
        proficient_ids([lab])
