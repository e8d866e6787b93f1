"""Customer, sampling and results of others in an agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import default, load
from labctl.commission import Customer, External, Sampling
from labctl.errors import BenchError

TEXT = """
[customer]
name = "Example Ltd"

[sampling]
plan = "GB/T 2828.1"

[[external]]
indicator = "1.1-02"
provider = "Other Institute"
"""


def test_they_are_read_and_enter_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text(TEXT, encoding="utf-8")
    found = load(path)
    assert found.customer == Customer("Example Ltd")
    assert found.sampling == Sampling("GB/T 2828.1")
    assert found.external == (External("1.1-02", "Other Institute"),)
    assert found.sha256 != default().sha256


def test_an_agreement_without_them_has_the_hash_that_journals_know() -> None:
    known = "c60ae80a02b557eb7b26ba08d3d4da7ccf53bd92aa5cbede4735c5e5bb03cf82"
    assert default().sha256 == known
    assert b"customer" not in default().canonical


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "agreement.toml"
    path.write_text('[customer]\nname = "x"\nphone = "1"\n', encoding="utf-8")
    with pytest.raises(BenchError, match="phone"):
        load(path)
