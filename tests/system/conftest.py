"""What several tests of guarded runs stand on."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.system.guarded import Stand, stand


@pytest.fixture(scope="module")
def guarded_bench(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stand]:
    """A served source meter."""
    with stand(tmp_path_factory.mktemp("stand")) as found:
        yield found


@pytest.fixture
def on(guarded_bench: Stand, tmp_path: Path) -> Generator[Stand]:
    """The served source meter with an empty folder of runs."""
    guarded_bench.runs = tmp_path / "runs"
    yield guarded_bench
    guarded_bench.close()
