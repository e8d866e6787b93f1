from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from labctl.errors import BenchError
from labctl.labs import GROUP, HOME, LABCTL_API, Lab, OpenBench, check_names, load_labs


async def open_bench(*args: object, **options: object) -> OpenBench:
    raise AssertionError("not opened here")


OURS = Lab("labctl", LABCTL_API, {"procedures": "procedures"}, open_bench)
ACME = Lab("acme", LABCTL_API, {"procedures": "acme_lab.procedures"}, open_bench)
NEWER = Lab("newer", LABCTL_API + 1, {}, open_bench)
OLDER = Lab("older", LABCTL_API - 1, {}, open_bench)
NO_LAB = "text"


def entry(name: str, value: str | None = None) -> EntryPoint:
    return EntryPoint(name, value or f"{__name__}:{name.upper()}", GROUP)


def test_ours_comes_first() -> None:
    labs = load_labs([entry("acme"), entry("labctl", f"{__name__}:OURS")])
    assert [lab.name for lab in labs] == ["labctl", "acme"]


def test_the_installed_labs_are_found() -> None:
    assert load_labs()[0].name == "labctl"


@pytest.mark.parametrize(
    ("name", "told", "remedy"),
    [
        ("newer", "labctl_api 2.*offers 1", "labctl-hil"),
        ("older", "labctl_api 0", "update the lab"),
    ],
)
def test_a_lab_for_another_api_is_refused_in_words(name: str, told: str, remedy: str) -> None:
    with pytest.raises(BenchError, match=told) as caught:
        load_labs([entry(name)])
    assert remedy in caught.value.remedy


def test_a_lab_that_cannot_be_loaded_is_named() -> None:
    with pytest.raises(BenchError, match="'gone' cannot be loaded from no_such_lab:LAB"):
        load_labs([entry("gone", "no_such_lab:LAB")])
    with pytest.raises(BenchError, match="'gone' cannot be loaded"):
        load_labs([entry("gone")])


def test_an_entry_point_that_names_no_lab_is_refused() -> None:
    with pytest.raises(BenchError, match="is no"):
        load_labs([entry("no_lab")])


def test_two_labs_of_one_name_are_refused() -> None:
    with pytest.raises(BenchError, match="two installed labs are named 'acme'"):
        load_labs([entry("acme"), entry("other", f"{__name__}:ACME")])


def test_our_names_are_not_shadowed_here() -> None:
    check_names()
    assert (HOME / "labctl" / "labs.py").exists()


@pytest.mark.parametrize("shape", ["folder", "package", "module"])
def test_a_shadowed_name_is_refused_with_the_culprit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    name = f"drivers_{shape}"
    place = tmp_path / name
    if shape == "module":
        place = tmp_path / f"{name}.py"
        place.write_text("", encoding="utf-8")
    else:
        place.mkdir()
        if shape == "package":
            (place / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BenchError, match=f"'{name}' of labctl is shadowed by") as caught:
        check_names([name])
    assert str(place) in caught.value.message
    assert str(HOME) in caught.value.remedy


def test_a_name_that_is_nowhere_is_not_shadowed() -> None:
    check_names(["no_such_package_of_ours"])
