"""A site's controller that does something else than it was told is an error by name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from drivers.roles.site_controller import SiteController
from labctl import clock
from labctl.errors import InstrumentError
from procedures.methods.site_at_work import require_at_work


def site(state: str, functions: frozenset[str] = frozenset(), *alarms: str) -> SiteController:
    async def told() -> Any:
        return SimpleNamespace(state=state, functions=functions, alarms=alarms)

    return cast(SiteController, SimpleNamespace(address="test://site", state=told))


def test_one_that_runs_as_told_is_at_work() -> None:
    clock.run(require_at_work(site("running")), virtual=True)
    droop = frozenset({"frequency"})
    clock.run(require_at_work(site("running", droop), ("frequency",)), virtual=True)


@pytest.mark.parametrize(
    "found",
    [
        site("stopped"),
        site("fallback", frozenset(), "watchdog"),
        site("running", frozenset({"dispatch"})),
        site("running", frozenset(), "meter"),
    ],
)
def test_one_that_does_not_is_named(found: SiteController) -> None:
    with pytest.raises(InstrumentError, match="no longer does what it was told") as error:
        clock.run(require_at_work(found), virtual=True)
    assert error.value.address == "test://site"
    assert "resume" in error.value.remedy
