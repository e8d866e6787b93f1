from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError, UsageError
from labctl.web.configured import settings
from labctl.web.settings import check, is_loopback
from tests.labctl.web.houses import Wall, settings_in


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_is_always_served(tmp_path: Path, host: str) -> None:
    assert is_loopback(host)
    check(settings_in(tmp_path, Wall(), host=host), has_administrator=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "lab.example"])
def test_others_are_served_when_an_administrator_has_a_password_and_by_tls(
    tmp_path: Path, host: str
) -> None:
    plain = settings_in(tmp_path, Wall(), host=host)
    safe = settings_in(tmp_path, Wall(), host=host, proxies=("192.0.2.9",))
    with pytest.raises(UsageError, match="no administrator") as refused:
        check(safe, has_administrator=False)
    assert "labctl user add" in refused.value.remedy
    with pytest.raises(UsageError, match="in the clear"):
        check(plain, has_administrator=True)
    check(safe, has_administrator=True)
    check(settings_in(tmp_path, Wall(), host=host, plain=True), has_administrator=True)


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="belong together"):
        check(settings_in(tmp_path, Wall(), cert=tmp_path), has_administrator=True)


def test_labctl_toml_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LABCTL_WEB", raising=False)
    file = tmp_path / "labctl.toml"
    file.write_text('[serve]\nfolder = "w"\nbenches = ["b"]\nidle = "2 h"\n', encoding="utf-8")
    found = settings(tmp_path)
    assert (found.folder, found.benches, found.idle) == (Path("w"), (Path("b"),), 7200.0)
    for wrong in ("benches = 1", 'idle = "soon"', "idle = 5", "colour = 1", "agreements = 2"):
        file.write_text(f"[serve]\n{wrong}\n", encoding="utf-8")
        with pytest.raises(BenchError, match="serve"):
            settings(tmp_path)
