"""What the tests of the web server stand on."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from labctl.web.house import House
from tests.labctl.web.houses import Wall, house_in


@pytest.fixture
def wall() -> Wall:
    """The date, which a test moves."""
    return Wall()


@pytest.fixture
def house(tmp_path: Path, wall: Wall) -> Generator[House]:
    """A house with a user of each role."""
    with house_in(tmp_path, wall) as found:
        yield found
