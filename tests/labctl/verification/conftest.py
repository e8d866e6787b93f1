"""One bundle for all tests that only look at it, at copies of it, or put back what they alter."""

from __future__ import annotations

import pytest

from tests.labctl.bundle.altering import Kept, made


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return made(tmp_path_factory.mktemp("kept"))
