"""Making safe: every role is tried, and the failures come in one report."""

from __future__ import annotations

from typing import ClassVar

import pytest

from labctl import clock
from labctl.errors import InstrumentError, LabError, LinkError
from labctl.evidence import Accuracy, Identity
from rigs.safety import WAIT, safe_all


class Role:
    """A driver that can be made safe, or fails with `failure`."""

    accuracies: ClassVar[tuple[Accuracy, ...]] = ()
    address = "visa://x"
    identity = Identity("a", "b", "c")

    def __init__(self, failure: LabError | None = None, until: float = float("inf")) -> None:
        self.failure, self.until = failure, until
        self.tried, self.resynced = 0, 0

    async def identify(self) -> Identity:
        return self.identity

    async def resync(self) -> None:
        self.resynced += 1

    async def close(self) -> None:
        """Nothing to do."""

    async def safe(self) -> None:
        self.tried += 1
        if self.failure is not None and clock.now() < self.until:
            raise self.failure


def test_all_are_tried_and_one_failure_stands_as_it_is() -> None:
    roles = {"a": Role(LinkError("gone", address="serial://a")), "b": Role()}
    with pytest.raises(LinkError, match="gone"):
        clock.run(safe_all(roles), virtual=True)
    assert roles["a"].tried > 2 and roles["b"].tried == 1


def test_several_failures_come_together() -> None:
    roles = {
        "a": Role(LinkError("gone", address="serial://a")),
        "b": Role(InstrumentError("still on", address="visa://b")),
        "c": Role(),
    }
    with pytest.raises(InstrumentError) as caught:
        clock.run(safe_all(roles), virtual=True)
    assert "a: gone" in caught.value.message and "b: still on" in caught.value.message
    assert caught.value.address == "serial://a, visa://b"
    assert roles["c"].tried == 1


def test_a_role_that_comes_back_is_made_safe_with_its_line_in_a_known_state() -> None:
    """Only one that failed is tried again, and nobody is waited for longer than needed."""
    roles = {"a": Role(), "b": Role(LinkError("gone", address="serial://b"), until=9.5)}

    async def main() -> float:
        await safe_all(roles)
        return clock.now()

    assert 9.5 <= clock.run(main(), virtual=True) < 9.5 + 2 * WAIT
    assert roles["a"].tried == 1 and roles["a"].resynced == 0
    assert roles["b"].tried == roles["b"].resynced + 1
