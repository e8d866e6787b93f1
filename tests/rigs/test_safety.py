"""Making safe: every role is tried, and the failures come in one report."""

from __future__ import annotations

from typing import ClassVar

import pytest

from labctl import clock
from labctl.errors import InstrumentError, LabError, LinkError
from labctl.evidence import Accuracy, Identity
from rigs.safety import safe_all


class Role:
    """A driver that can be made safe, or fails with `failure`."""

    accuracies: ClassVar[tuple[Accuracy, ...]] = ()
    address = "visa://x"
    identity = Identity("a", "b", "c")

    def __init__(self, failure: LabError | None = None) -> None:
        self.failure = failure
        self.tried = 0

    async def identify(self) -> Identity:
        return self.identity

    async def resync(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def safe(self) -> None:
        self.tried += 1
        if self.failure is not None:
            raise self.failure


def test_all_are_tried_and_one_failure_stands_as_it_is() -> None:
    roles = {"a": Role(LinkError("gone", address="serial://a")), "b": Role()}
    with pytest.raises(LinkError, match="gone"):
        clock.run(safe_all(roles), virtual=True)
    assert [role.tried for role in roles.values()] == [1, 1]


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
    assert [role.tried for role in roles.values()] == [1, 1, 1]
