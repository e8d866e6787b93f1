from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labctl.keys import private, unlock, verifies
from tests.labctl.bundle.authority import Authority
from tests.labctl.cli.conftest import Command


def test_a_key_is_made_trusted_and_listed(labctl: Command, tmp_path: Path) -> None:
    made = labctl("key", "new", "ada", "--json").document
    assert labctl("key", "list", "--json").document["own"] == ["ada"]
    first = labctl("key", "trust", made["file"], "--until", "2030-12-31", "--json").document
    assert first["added"] and first["role"] == "author" and first["until"] == "2030-12-31"
    assert not labctl("key", "trust", made["file"], "--until", "2030-12-31", "--json").document[
        "added"
    ]
    assert labctl("key", "trust", made["file"], "--role", "authoriser").code == 0
    shown = labctl("key", "list")
    assert shown.out.count("ada") == 2 and "authoriser" in shown.out
    (tmp_path / "ca.pem").write_text(Authority().certificate, encoding="utf-8")
    assert "Test Time Root" in labctl("key", "trust", tmp_path / "ca.pem").out
    assert "authority" in labctl("key", "list").out


def test_a_private_key_is_its_owners_alone(labctl: Command, tmp_path: Path) -> None:
    labctl("key", "new", "ada")
    path = tmp_path / "keys" / "ada.pem"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0
        path.chmod(0o644)
        assert (
            "others may read" in labctl("report", "last", "--format", "crate", "--key", "ada").err
        )
    assert labctl("key", "new", "ada").code == 3
    assert labctl("key", "new", "../ada").code == 3


def test_a_locked_key_wants_its_password(labctl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCTL_KEY_PASSWORD", "tulips")
    labctl("key", "new", "ada", "--password")
    assert private.is_locked("ada")
    who = unlock("ada", "tulips")
    assert verifies(who.public, b"x", who.sign(b"x")) and not verifies(
        who.public, b"y", who.sign(b"x")
    )
    monkeypatch.setenv("LABCTL_KEY_PASSWORD", "roses")
    answer = labctl("report", "last", "--format", "crate", "--json")
    assert answer.document["error"]["kind"] == "usage"
    assert "cannot be unlocked" in answer.document["error"]["message"]


@pytest.mark.parametrize(
    "text",
    [
        *('name = "x"', 'name = "x"\npublic_key = "short"', "[[key]]", "\x00"),
        "-----BEGIN CERTIFICATE-----\nnone\n",
    ],
)
def test_what_is_no_key_is_refused(labctl: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "offered").write_text(text, encoding="utf-8")
    answer = labctl("key", "trust", tmp_path / "offered", "--json")
    assert answer.code == 3 and answer.document["error"]["kind"] == "usage"
    assert not (tmp_path / "keys.toml").exists()


def test_a_list_that_is_none_is_named(labctl: Command, tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text('[[key]]\nname = "x"\n', encoding="utf-8")
    answer = labctl("key", "list")
    assert answer.code == 3 and "keys.toml is no list of keys" in answer.err
    assert labctl("key", "trust", tmp_path / "none").code == 3
    assert labctl("key", "trust", tmp_path / "none", "--role", "king").code == 3
