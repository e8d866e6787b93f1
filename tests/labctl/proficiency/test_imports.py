"""What a function needs, read from imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.proficiency.imports import needed

FILES = {
    "__init__": "",
    "procedures": (
        "from {p} import shapes\n"
        "from {p}.one import first as begin\n"
        "from {p}.two import second\n"
        "LIST = [second]\n"
        "async def a(run, rig):\n    return begin(run)\n"
        "async def b(run, rig):\n    return helper()\n"
        "def helper():\n    return LIST[0](shapes.X)\n"
    ),
    "one": "def first(run):\n    from {p}.deep import last\n    return last\n",
    "two": "from .deep import last\nimport {p}.other as o\nsecond = last\n",
    "shapes": "X = 1\n",
    "deep": "import math\nlast = math.pi\n",
    "other": "",
    "alone": "",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"made_{tmp_path.name}"
    (tmp_path / name).mkdir()
    for module, text in FILES.items():
        path = tmp_path / name / f"{module}.py"
        path.write_text(text.replace("{p}", name), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def of(package: str, function: str) -> set[str]:
    among = [f"{package}.{name}" for name in FILES]
    found = needed(f"{package}.procedures", function, among)
    return {name.removeprefix(f"{package}.") for name in found}


def test_a_neighbour_brings_nothing_along(package: str) -> None:
    assert of(package, "a") == {"one", "deep"}


def test_what_a_function_uses_of_its_own_module_counts(package: str) -> None:
    assert of(package, "b") == {"shapes", "two", "deep", "other"}


def test_only_modules_among_those_asked_for_are_told(package: str) -> None:
    among = [f"{package}.one"]
    assert needed(f"{package}.procedures", "a", among) == {f"{package}.one"}
    assert needed("labctl.series", "effective_size", ["numpy"]) == {"numpy"}
