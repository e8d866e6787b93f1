from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Command


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_lab_and_more_pieces_are_written_and_told(
    labctl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = labctl("new", "lab", "acme")
    assert told.code == 0
    assert "  acme_lab/drivers/acme/v1.py" in told.out.splitlines()
    assert "  1. install it: python -m pip install -e . (in the new folder)" in told.out
    monkeypatch.chdir(tmp_path / "acme-lab" / "tests")
    document = labctl("new", "driver", "beta/k1", "--json").document
    assert "acme_lab/golden/beta/k1.toml" in document["written"]
    assert document["changed"] == [
        "acme_lab/drivers/quality.toml",
        "acme_lab/rigs/benches/sim/reference.toml",
    ]
    assert Path(document["root"]) == tmp_path / "acme-lab"
    assert labctl("new", "model", "cell").code == 0
    assert labctl("new", "procedure", "level").code == 0
    assert labctl("new", "rig", "bath").code == 0
    assert "which rig?" in labctl("new", "procedure", "depth").err
    assert labctl("new", "procedure", "depth", "--rig", "bath").code == 0


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("lab", "Acme"), "'Acme' can be no name of a module"),
        (("lab", "class"), "'class' can be no name of a module"),
        (("lab", "rigs"), "'rigs' is a name of labctl's own"),
        (("driver", "k1"), "'k1' names no vendor"),
        (("driver", "acme/2400"), "write VENDOR/MODEL"),
        (("driver", "links/k1"), "'links' is a name of labctl's own"),
        (("driver", "acme/k1"), "lies in no lab's source tree"),
        (("model", "cell"), "labctl new lab NAME"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_written(
    words: tuple[str, ...], text: str, labctl: Command, tmp_path: Path
) -> None:
    answer = labctl("new", *words)
    assert answer.code == 3
    if text != "write VENDOR/MODEL":
        assert text in answer.err
    assert not list(tmp_path.glob("*lab*"))


def test_it_speaks_chinese(labctl: Command) -> None:
    assert "已写入" in labctl("new", "lab", "acme", "--lang", "zh").out
