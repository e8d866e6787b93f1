"""The declared order, which no silent instrument holds up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from labctl import clock
from rigs.rescue_order import LINES, Order

PATIENCE = 0.15


def turns(needs: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """When each role gets its turn, in s: after its line is ready, for as long as it takes."""

    async def main() -> dict[str, float]:
        order, found = Order(needs, PATIENCE), dict[str, float]()

        async def one(role: str, ready: float, takes: float) -> None:
            await clock.sleep(ready)
            await order.turn(role)
            found[role] = clock.now()
            await clock.sleep(takes)
            order.done(role)

        async with asyncio.TaskGroup() as group:
            group.create_task(order.keep())
            for role, (ready, takes) in needs.items():
                group.create_task(one(role, ready, takes))
        return found

    return clock.run(main(), virtual=True)


def test_who_answers_keeps_the_declared_order() -> None:
    found = turns({"third": (0.1, 0.05), "first": (0.0, 0.05), "second": (0.05, 0.05)})
    assert list(found) == ["third", "first", "second"]
    assert found == pytest.approx({"third": 0.1, "first": 0.15, "second": 0.2})


def test_who_is_silent_holds_up_the_next_for_the_patience_alone() -> None:
    found = turns({"dead": (20.0, 1.0), "alive": (0.1, 0.05), "also": (0.1, 0.05)})
    assert found == pytest.approx({"alive": LINES, "also": LINES + 0.05, "dead": 20.0})


def test_each_silent_one_costs_its_own_patience() -> None:
    dead = {f"dead{number}": (20.0, 1.0) for number in range(3)}
    found = turns({**dead, "alive": (0.1, 0.05)})
    assert found["alive"] == pytest.approx(LINES + 2 * PATIENCE)
    assert [found[role] for role in dead] == [20.0] * 3


def test_a_slow_one_is_not_waited_for_to_its_end() -> None:
    found = turns({"slow": (0.1, 5.0), "next": (0.1, 0.05)})
    assert found == pytest.approx({"slow": 0.1, "next": LINES})
