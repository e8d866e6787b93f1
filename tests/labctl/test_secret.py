from __future__ import annotations

import pytest
from keyring import errors

from labctl.errors import BenchError
from labctl.secret import Secret, reveal


def test_a_variable_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "abc")
    found = reveal(Secret(env="A_SECRET"), "smtp.password")
    assert found.text == "abc"
    assert "abc" not in f"{found} {found!r}"


def test_a_variable_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_SECRET", raising=False)
    with pytest.raises(BenchError, match=r"smtp.password: .*no variable A_SECRET"):
        reveal(Secret(env="A_SECRET"), "smtp.password")


@pytest.mark.parametrize("secret", [Secret(), Secret(env="A", keyring="b")])
def test_one_place_alone(secret: Secret) -> None:
    with pytest.raises(BenchError, match="no place of a secret"):
        reveal(secret, "smtp.password")


def test_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {("labctl", "mail"): "abc"}
    monkeypatch.setattr("keyring.get_password", lambda service, name: kept.get((service, name)))
    assert reveal(Secret(keyring="mail"), "smtp.password").text == "abc"
    with pytest.raises(BenchError, match="no entry other") as caught:
        reveal(Secret(keyring="other"), "smtp.password")
    assert caught.value.remedy == "keyring set labctl other"


def test_a_machine_without_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(service: str, name: str) -> str:
        raise errors.NoKeyringError("no backend")

    monkeypatch.setattr("keyring.get_password", fail)
    with pytest.raises(BenchError, match="cannot be read: no backend"):
        reveal(Secret(keyring="mail"), "smtp.password")
