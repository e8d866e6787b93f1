from __future__ import annotations

from pathlib import Path

import pytest

from drivers.conformance.files import can_be_read, of_no_driver, shows_identity_and_safe_state
from drivers.conformance.files import has_sourced_exchanges as sourced
from drivers.conformance.folder import Folder, Subject
from drivers.conformance.transcripts import Golden


def subject(folder: Path, text: str) -> Subject:
    path = folder / "acme" / "k1.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return Subject(Folder("acme_lab.drivers", folder, folder), "acme.k1")


def scene(count: int, source: str = "page", calls: str = '{ call = "identify" }') -> str:
    rows = ", ".join(
        f'{{ send = "{i}?", answer = "1", source = "{source}" }}' for i in range(count)
    )
    return f"[scene.one]\ndo = [{calls}]\nexchange = [{rows}]\n[sources]\npage = 'manual, p. 3'\n"


def test_ten_different_exchanges_with_a_source(tmp_path: Path) -> None:
    assert not list(sourced(subject(tmp_path / "a", scene(10))))
    assert "9 different exchanges" in next(iter(sourced(subject(tmp_path / "b", scene(9)))))
    found = list(sourced(subject(tmp_path / "c", scene(10, source="memory"))))
    assert len([one for one in found if "without source" in one]) == 10
    assert found[-1] == "sources that no exchange has: page"


def test_identity_and_safe_state_are_shown(tmp_path: Path) -> None:
    both = '{ call = "identify" }, { call = "safe" }'
    assert not list(shows_identity_and_safe_state(subject(tmp_path / "a", scene(1, calls=both))))
    found = list(shows_identity_and_safe_state(subject(tmp_path / "b", scene(1))))
    assert found == ["no scene shows safe()"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[scene.one\n", "k1.toml"),
        ("[scene.one]\nexchange = []\n", "acme.k1, scene one: 'do' is missing"),
        ("[scene.one]\nafter = ['two']\ndo = []\nexchange = []\n", "'two' is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(text: str, told: str, tmp_path: Path) -> None:
    (finding,) = can_be_read(subject(tmp_path, text))
    assert told in finding


def test_a_file_of_no_driver(tmp_path: Path) -> None:
    subject(tmp_path, scene(1))
    assert list(of_no_driver(["acme.k2"], Golden(tmp_path))) == [
        "golden file of acme.k1, which is no driver"
    ]
