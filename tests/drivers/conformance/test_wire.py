"""Registers of a golden exchange at a link: the count, or every word."""

from __future__ import annotations

from drivers.conformance import wire
from labctl import clock
from tests.drivers.links.test_registers import Registers

EXCHANGE = {"read": 40000, "count": 2, "answer": [0x5375, 0x6E53], "source": "marker"}


def replayed(found: dict[int, int], **more: object) -> list[str]:
    async def main() -> list[str]:
        return await wire.replay(Registers(found), [EXCHANGE | more], checked=False)

    return clock.run(main(), virtual=True)


def test_the_count_of_words_must_agree() -> None:
    assert not replayed({40000: 1, 40001: 2})


def test_where_it_is_said_every_word_must_agree() -> None:
    assert not replayed({40000: 0x5375, 40001: 0x6E53}, same=True)
    (told,) = replayed({40000: 0x5375, 40001: 0x6E54}, same=True)
    assert "40000" in told
