"""The tree itself: packages are whole, tests mirror the source, every file is UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from tests.house.tree import PACKAGES, ROOT, in_packages, paths

# Tests of something wider than one module; each needs a reason.
WIDER: dict[str, str] = {
    "tests/sim_backends/emulators/test_conformance.py": "what every emulator of the folder must do",
    "tests/procedures/f01_new_energy/test_bound.py": "what all modules of the field bind",
}


def missing_fronts(files: Iterable[str]) -> set[str]:
    """Folders of the packages that hold modules and no __init__.py.

    Such a folder is left out of wheels' tests and, worse, of import-linter's graph: its imports
    would go unseen.
    """
    modules = [PurePosixPath(path) for path in files if in_packages(path)]
    holds = {str(path.parent) for path in modules}
    return holds - {str(path.parent) for path in modules if path.name == "__init__.py"}


def unmirrored(files: Iterable[str]) -> set[str]:
    """Tests under tests/<package>/ that stand beside no module or folder of the same name.

    `tests/labctl/cli/test_run.py` belongs to `labctl/cli/run.py`; `test_sweep_hysteresis.py`
    belongs to `sweep.py`, as its name begins with that module's; `tests/rigs/test_benches.py`
    belongs to the folder `rigs/benches/`.
    """
    known = set(files)
    folders = {str(parent) for path in known for parent in PurePosixPath(path).parents}
    return {path for path in known if _is_test(path) and not _has_source(path, known | folders)}


def _is_test(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        len(parts) > 2
        and parts[0] == "tests"
        and parts[1] in (*PACKAGES, "ci")
        and parts[-1].startswith("test_")
        and parts[-1].endswith(".py")
    )


def _has_source(path: str, known: set[str]) -> bool:
    parts = PurePosixPath(path).parts
    folder = "/".join(parts[1:-1])
    words = PurePosixPath(path).stem.removeprefix("test_").split("_")
    names = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return any(f"{folder}/{name}.py" in known or f"{folder}/{name}" in known for name in names)


def test_every_folder_of_a_package_is_a_package() -> None:
    assert not missing_fronts(paths())


def test_missing_fronts_finds_one() -> None:
    assert missing_fronts(["rigs/__init__.py", "rigs/sub/a.py"]) == {"rigs/sub"}
    assert not missing_fronts(["rigs/__init__.py", "rigs/a.py", "tests/a.py"])


def test_tests_mirror_the_source() -> None:
    assert unmirrored(paths()) == set(WIDER)


@pytest.mark.parametrize("path", ["tests/rigs/test_b.py", "tests/rigs/sub/test_a.py"])
def test_unmirrored_finds_one(path: str) -> None:
    assert unmirrored(["rigs/a.py", path]) == {path}


def test_unmirrored_leaves_what_has_its_module() -> None:
    files = ["rigs/a.py", "rigs/benches/x.toml", "tests/house/test_x.py"]
    files += ["tests/rigs/test_a.py", "tests/rigs/test_a_twice.py", "tests/rigs/test_benches.py"]
    assert not unmirrored(files)


def test_every_text_is_utf8_with_unix_line_ends() -> None:
    for path in paths():
        data = (ROOT / path).read_bytes()
        if b"\0" not in data and not path.startswith("tests/golden/"):
            data.decode("utf-8")
            assert b"\r" not in data, path


def test_no_file_is_named_unfit_for_windows() -> None:
    unfit = [path for path in paths() if set(path) & set('<>:"|?*\\') or path.endswith((" ", "."))]
    assert not unfit
    folded = [path.casefold() for path in paths()]
    assert len(folded) == len(set(folded))
