"""A link that is not there refuses what every kind of link can do."""

from __future__ import annotations

import inspect

import pytest

from drivers.links import link, link_programs
from drivers.links.refusing import RefusingLink
from labctl import clock
from labctl.errors import UsageError

KINDS = (
    *(link.MessageLink, link.RegisterLink, link.BytesLink, link.AttributeLink, link.TopicLink),
    *(link_programs.ProcessLink, link_programs.FolderLink, link_programs.SdkLink),
)
HARMLESS = ("resync", "close")


def methods(kind: type) -> list[str]:
    return [name for name, _ in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_transaction_is_refused_with_the_address(kind: type) -> None:
    found = RefusingLink("visa://a")
    assert found.address == "visa://a"
    for name in methods(kind):
        call = inspect.getattr_static(found, name)
        if name in HARMLESS:
            clock.run(call(found), virtual=True)
            continue
        with pytest.raises(UsageError, match="no instrument") as caught:
            answer = call(found, "x")
            if inspect.isawaitable(answer):
                clock.run(_await(answer), virtual=True)
        assert (caught.value.address, caught.value.command) == ("visa://a", "x")


async def _await(answer: object) -> object:
    return await answer  # type: ignore[misc]
