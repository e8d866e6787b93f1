"""Other parties' drivers, unmodified, against the served bench `reference`.

They run in an environment of their own (`python -m pip install -e ".[foreign]"`), where
LABCTL_FOREIGN=1 says that a library that is missing is a failure. Elsewhere they are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.serving import Served

WANTED = os.environ.get("LABCTL_FOREIGN") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip these tests outside of their environment; other parties' warnings are their own."""
    for item in items:
        if "tests/foreign/" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.filterwarnings("default"))
        if not WANTED:
            reason = 'runs in its own environment (".[foreign]", LABCTL_FOREIGN=1): .ci/run'
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The bench `reference`, served for all tests of a session."""
    with Served("reference") as served:
        yield served
