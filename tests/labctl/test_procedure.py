from __future__ import annotations

import pytest

from labctl import procedure as module
from labctl.errors import Defect
from labctl.evidence import Evidence
from labctl.procedure import generic, procedure, registered


class Rig:
    """A rig class."""


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_registered", {})
    monkeypatch.setattr(module, "_generic", {})


async def one(run: object, rig: object) -> Evidence:
    return Evidence({})


async def other(run: object, rig: object) -> Evidence:
    return Evidence({})


def test_a_procedure_is_bound_to_ids_and_rig() -> None:
    assert procedure("1.1-03", "1.1-04", rig=Rig)(one) is one
    spec = registered()["1.1-04"]
    assert (spec.function, spec.rig, spec.continues_aged, spec.kind) == (one, Rig, False, "")
    assert spec.name == f"{__name__}.one"
    assert generic() == {}


def test_a_procedure_is_bound_to_a_kind_of_evidence() -> None:
    procedure(kind="document", rig=Rig)(one)
    assert generic()["document"].function is one
    assert registered() == {}


def test_a_second_procedure_is_a_defect() -> None:
    procedure("1.1-03", kind="document", rig=Rig)(one)
    procedure("1.1-03", rig=Rig)(one)
    with pytest.raises(Defect, match=r"1\.1-03 has two procedures"):
        procedure("1.1-03", rig=Rig)(other)
    with pytest.raises(Defect, match="document has two procedures"):
        procedure(kind="document", rig=Rig)(other)
