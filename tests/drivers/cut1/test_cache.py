"""Real programs as caches under test: one that is sound, and ones that hang, die and lie."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlencode

import psutil
import pytest

from drivers.cut1.cache import Cut1Cache
from drivers.links.opening import open_process_link
from drivers.links.settings import ProcessSettings
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused

T = TypeVar("T")

ILL = """
import os, sys, time
first = True
for line in sys.stdin:
    word = line.split()[0]
    if word == "ID?":
        print(f"= Acme ill {os.getpid()} 1", flush=True)
    elif word == "CACHE":
        print("OK", flush=True)
    elif BEHAVIOUR == "hangs":
        time.sleep(60)
    elif BEHAVIOUR == "dies":
        sys.exit("out of memory")
    else:
        print(BEHAVIOUR, flush=True)
"""


def address(*arguments: str) -> str:
    return f"process://{sys.executable}?" + urlencode([("arg", one) for one in arguments])


def ill(behaviour: str) -> str:
    return address("-X", "utf8", "-c", f"BEHAVIOUR = {behaviour!r}\n{ILL}")


def run(where: str, body: Callable[[Cut1Cache], Awaitable[T]], timeout: float = 20.0) -> T:
    async def main() -> T:
        driver = Cut1Cache(await open_process_link(where, ProcessSettings(timeout, 0.5)))
        try:
            return await body(driver)
        finally:
            await driver.close()

    return clock.run(main(), virtual=False)


LRU = address("-m", "drivers.cut1._serve_cachetools", "LRUCache")


def test_a_policy_of_cachetools() -> None:
    async def body(driver: Cut1Cache) -> None:
        identity = await driver.identify()
        assert (identity.maker, identity.model) == ("cachetools", "LRUCache")
        assert not identity.simulated
        await driver.make_cache(2)
        served = await driver.replay("abacb", [1] * 5, [0.0] * 5)
        assert (served.outcomes, served.taken) == ("aahaa", (-1, -1, 0, -1, -1))
        assert (served.used.value, served.used.unit) == (2.0, "dimensionless")
        assert served.seconds > 0
        served = await driver.replay(["x"], [3], [0.0])
        assert served.outcomes == "r"
        assert (await driver.processor_time()).value > 0
        assert (await driver.memory()).value > 1e6
        await driver.make_cache(2)
        assert (await driver.replay("a", [1], [0.0])).outcomes == "a"

    run(LRU, body)


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("hangs", "hangs or has died: no line within"),
        ("dies", "hangs or has died: ended"),
        ("nonsense", "makes no sense"),
        ("!2 ARGUMENT", "refuses"),
        ("= 1 h0", "claims what cannot be"),
        ("= 3 a", "claims what cannot be: 3 used of 2"),
        ("= 1 a a", "makes no sense: 2 outcomes"),
    ],
)
def test_an_ill_program_is_an_error_of_the_instrument(behaviour: str, says: str) -> None:
    async def body(driver: Cut1Cache) -> int:
        pid = int((await driver.identify()).serial)
        await driver.make_cache(2)
        with pytest.raises(InstrumentError, match=says) as caught:
            await driver.replay(["a"], [1], [0.0])
        assert caught.value.remedy and caught.value.address and caught.value.command
        if behaviour == "hangs":
            assert not psutil.pid_exists(pid)  # killed and waited for at once
        return pid

    patience = 3.0 if behaviour == "hangs" else 20.0
    assert not psutil.pid_exists(run(ill(behaviour), body, patience))


def test_what_cannot_be_asked_is_refused_before_it_is_sent() -> None:
    async def body(driver: Cut1Cache) -> None:
        for capacity in (0, 10**13):
            with pytest.raises(LimitRefused):
                await driver.make_cache(capacity)
        await driver.make_cache(2)
        for keys, sizes in (([], []), (["a b"], [1]), (["a"], [0]), (["a"] * 1001, [1] * 1001)):
            with pytest.raises(LimitRefused):
                await driver.replay(keys, sizes, [0.0] * len(keys))

    run(LRU, body)
