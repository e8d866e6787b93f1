"""What scribe lines take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from procedures.methods.imaging.edges import flattened
from procedures.methods.imaging.scribing import scribed_share
from tests.procedures.methods.imaging.seen import SHEET, picture


@pytest.mark.parametrize(("lines", "width"), [(0, 0.0), (20, 0.25e-3), (45, 0.4e-3)])
def test_lines_narrower_than_a_pixel_keep_their_area(lines: int, width: float) -> None:
    levels = flattened(picture(replace(SHEET, lines=lines, line=width)))
    assert scribed_share(levels) == pytest.approx(lines * width / SHEET.width, rel=0.05, abs=3e-4)
