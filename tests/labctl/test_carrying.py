"""Where an item goes on after it was taken off its bench."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from labctl import clock
from labctl.carrying import Carrier
from labctl.holding import Held
from labctl.journal.standing import NOTHING
from labctl.landing import Landing
from tests.labctl.acceptance.real import real_run


class Amended:
    """A control under which somebody amends an answer once, before the item has gone on."""

    amended = False
    causes: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.first = True

    async def carry(self, work: Coroutine[Any, Any, str]) -> str:
        work.close()
        if self.first:
            self.first = False
            raise Held("", 900.0)
        return "done"


class Written:
    """The journal of a run that has ended."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def flush(self) -> None:
        pass


async def _settled() -> None:
    pass


async def procedure(_: object) -> str:
    return "done"


@pytest.mark.parametrize(
    ("before", "lost", "since"),
    [
        (Landing(1, NOTHING, 10.0), True, 10.0),
        (Landing(1, NOTHING, 10.0, held=True, causes=frozenset({"door"})), True, 10.0),
        (Landing(1, NOTHING, 10.0, held=True), False, 900.0),
    ],
    ids=["it had died", "it was held by a door", "it was amended"],
)
def test_what_was_lost_before_an_amendment_is_lost_still(
    tmp_path: Path, before: Landing, lost: bool, since: float
) -> None:
    path = real_run(tmp_path / "runs").path / "journal.db"
    landings: list[Landing | None] = []

    def make(landing: Landing | None) -> Any:
        landings.append(landing)
        return landing

    carrier = Carrier("x", 1, Amended(), Written(path), None, _settled)  # type: ignore[arg-type]
    clock.run(carrier.carry(procedure, make, before), virtual=True)
    after = landings[1]
    assert after is not None
    assert (after.lost, after.away) == (lost, since)
