from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from labctl import procedure
from labctl.discovery import import_procedures, procedure_for, procedure_modules, procedure_names
from labctl.errors import BenchError
from labctl.labs import LABCTL_API, Lab, OpenBench
from tests.labctl.fakelab import INDICATOR

MODULE = """
from labctl.procedure import procedure

@procedure({bound}, rig=object)
async def {name}(run, rig):
    raise AssertionError
"""


async def open_bench(*args: object, **options: object) -> OpenBench:
    raise AssertionError("not opened here")


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """A lab with procedures of two directions and one for a kind of evidence."""
    name = f"fake_{tmp_path.name}"
    root = tmp_path / name
    field = root / "f05_hydrogen"
    (root / "methods").mkdir(parents=True)
    field.mkdir()
    for folder in (root, field, root / "methods"):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    write(field / "d02_electrolysis.py", '"5.2-91"', "voltage")
    write(field / "d10_storage.py", '"5.10-91"', "storage")
    write(root / "paper.py", 'kind="test-document"', "paper")
    (field / "d99.py").write_text("raise AssertionError", encoding="utf-8")
    (root / "methods" / "d01_no.py").write_text("raise AssertionError", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(procedure, "_registered", {})
    monkeypatch.setattr(procedure, "_generic", {})
    yield Lab("labctl", LABCTL_API, {"procedures": name}, open_bench)
    for module in [one for one in sys.modules if one.startswith(name)]:
        del sys.modules[module]


def write(path: Path, bound: str, name: str) -> None:
    path.write_text(MODULE.format(bound=bound, name=name), encoding="utf-8")


def test_modules_are_found_by_direction(lab: Lab) -> None:
    package = lab.packages["procedures"]
    every = [name.removeprefix(package) for name in procedure_modules(package)]
    assert every == [".f05_hydrogen.d02_electrolysis", ".f05_hydrogen.d10_storage", ".paper"]
    of_one = [name.removeprefix(package) for name in procedure_modules(package, "5.10")]
    assert of_one == [".f05_hydrogen.d10_storage", ".paper"]


def test_only_the_module_of_the_direction_is_imported(lab: Lab) -> None:
    indicator = msgspec.structs.replace(INDICATOR, id="5.2-91", direction="5.2")
    bound = procedure_for(indicator, (lab,))
    assert bound is not None
    assert bound.lab is lab
    assert bound.procedure.name.endswith("f05_hydrogen.d02_electrolysis.voltage")
    assert not any("d10_storage" in name for name in sys.modules)


def test_a_kind_of_evidence_has_a_generic_procedure(lab: Lab) -> None:
    unbound = msgspec.structs.replace(INDICATOR, id="5.2-92", direction="5.2")
    assert procedure_for(unbound, (lab,)) is None
    document = msgspec.structs.replace(unbound, evidence="test-document")  # type: ignore[arg-type]
    bound = procedure_for(document, (lab,))
    assert bound is not None
    assert bound.procedure.kind == "test-document"


def test_names_of_all(lab: Lab) -> None:
    by_id, by_kind = procedure_names((lab,))
    assert sorted(by_id) == ["5.10-91", "5.2-91"]
    assert list(by_kind) == ["test-document"]


def test_a_procedure_that_cannot_be_imported_is_named(lab: Lab, tmp_path: Path) -> None:
    package = lab.packages["procedures"]
    broken = tmp_path / package / "f05_hydrogen" / "d03_broken.py"
    broken.write_text("import no_such_module_at_all", encoding="utf-8")
    with pytest.raises(BenchError, match="d03_broken cannot be imported"):
        import_procedures(lab, "5.3")


def test_a_lab_without_procedures_has_none() -> None:
    import_procedures(Lab("acme", LABCTL_API, {}, open_bench))
