"""Options of a role: given to a driver that takes them, secrets filled in from outside."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from drivers.options import Configured
from drivers.registry import load_driver
from drivers.yokogawa._login import User
from labctl.errors import BenchError
from rigs.bench import load_bench
from rigs.options import configured

BENCH = """name = "b"
rig = "optics"

[roles.analyser]
driver = "{driver}"
address = "visa://TCPIP::192.0.2.10::10001::SOCKET"

[roles.analyser.options]
{options}
"""


def made(folder: Path, options: str, driver: str = "yokogawa.aq6370") -> Any:
    path = folder / "bench.toml"
    path.write_text(BENCH.format(driver=driver, options=options), encoding="utf-8")
    return configured(load_bench(path), "analyser", load_driver(driver))


def test_a_password_comes_from_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.get_password", lambda service, name: f"{service}/{name}")
    found = made(tmp_path, 'user = "lab"\npassword = { keyring = "analyser" }')
    assert isinstance(found, Configured) and isinstance(found.make, partial)
    assert found.make.keywords["user"] == User("lab", "labctl/analyser")


def test_a_password_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYSER_PASSWORD", "secret")
    found = made(tmp_path, 'user = "lab"\npassword = { env = "ANALYSER_PASSWORD" }')
    assert isinstance(found, Configured)
    assert found.limit_units == {}
    assert "secret" not in (tmp_path / "bench.toml").read_text(encoding="utf-8")


def test_without_options_the_class_is_taken_as_it_is(tmp_path: Path) -> None:
    assert made(tmp_path, "") is load_driver("yokogawa.aq6370")
    assert User().name == "anonymous"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ('password = { env = "NOT_SET_ANYWHERE" }', "NOT_SET_ANYWHERE"),
        ('password = { env = "A", keyring = "x" }', "no place of a secret"),
        ('password = { keyring = "" }', "no place of a secret"),
        ("password = { env = 1 }", "no place of a secret"),
        ('username = "lab"', "username"),
    ],
)
def test_a_wrong_option_is_named_with_its_place(tmp_path: Path, options: str, named: str) -> None:
    with pytest.raises(BenchError, match=named) as caught:
        made(tmp_path, options)
    assert "bench.toml:" in caught.value.message
    assert "options" in caught.value.message


def test_a_password_in_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="holds no secret"):
        made(tmp_path, 'password = "secret"')


def test_a_driver_without_options_says_so(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="takes no options"):
        made(tmp_path, 'user = "lab"', "rigol.dl3021")
