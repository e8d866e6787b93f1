from __future__ import annotations

from pathlib import Path

from drivers.conformance.folder import folder_of
from drivers.conformance.quality import quality
from rigs.conformance.page import UNCHECKED, text
from tests.house.tree import ROOT

OURS = folder_of("drivers")
PAGE = ROOT / "docs" / "instruments.md"


def test_the_committed_page_is_up_to_date() -> None:
    """Otherwise: python -m rigs.conformance.page"""
    assert PAGE.read_text(encoding="utf-8") == text(OURS, PAGE.parent / "instruments")


def test_every_driver_is_on_it_once_and_unchecked_ones_say_so() -> None:
    lines = text(OURS, PAGE.parent / "instruments").splitlines()
    for name, entry in quality(OURS).items():
        (line,) = [line for line in lines if f"| `{name}` |" in line]
        assert (UNCHECKED in line) == (entry.tier in ("unverified", "golden"))
        assert entry.reason in line and entry.by in line


def test_a_model_with_a_page_of_its_own_links_to_it(tmp_path: Path) -> None:
    pages = tmp_path / "instruments"
    pages.mkdir()
    (pages / "keithley_k2450.md").write_text("", encoding="utf-8")
    assert "| [Keithley 2450 source meter](instruments/keithley_k2450.md) |" in text(OURS, pages)
