"""The driver of an index: what it refuses before it sends, and a real program behind the link."""

from __future__ import annotations

import sys
from urllib.parse import urlencode

import pytest

from drivers.cut1.index import Cut1Index
from drivers.links.opening import open_process_link
from drivers.links.settings import ProcessSettings
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused

EXHAUSTIVE = """
import sys
items = []
for line in sys.stdin:
    word, *rest = line.split()
    if word == "ID?":
        print("= Acme all 1 1", flush=True)
    elif word == "INDEX":
        items, most = [], int(rest[0]) // 8
        print("OK", flush=True)
    elif word == "ADD":
        items += [int(one, 16) for one in rest[1:]]
        print("=", len(items), flush=True)
    elif items[0] == 0xdead:
        sys.exit("cannot allocate")
    else:
        near = [[str(n) for n, i in enumerate(items) if (i ^ int(one, 16)).bit_count() <= most]
                for one in rest[1:]]
        print("=", *(",".join(one) or "-" for one in near), flush=True)
"""


def test_a_program_that_looks_at_every_item() -> None:
    async def main() -> None:
        arguments = urlencode([("arg", "-X"), ("arg", "utf8"), ("arg", "-c"), ("arg", EXHAUSTIVE)])
        link = await open_process_link(f"process://{sys.executable}?{arguments}", ProcessSettings())
        driver = Cut1Index(link, {"items": 3.0})
        try:
            assert (await driver.identify()).model == "all"
            await driver.make_index(16)
            await driver.add(["00ff", "ff00", "00fe"])
            answers = await driver.find(["00ff", "aaaa"])
            assert answers.items == ((0, 2), ())
            assert answers.elapsed.value > 0
            assert (await driver.memory()).value > 1e6
            with pytest.raises(LimitRefused, match="items"):
                await driver.add(["0000"])
            await driver.make_index(16)
            await driver.add(["dead"])
            with pytest.raises(InstrumentError, match="hangs or has died"):
                await driver.find(["0000"])
        finally:
            await driver.close()

    clock.run(main(), virtual=False)


def test_what_cannot_be_asked_is_refused_before_it_is_sent() -> None:
    async def main() -> None:
        link = await open_process_link(f"process://{sys.executable}")
        driver = Cut1Index(link)
        try:
            for bits in (0, 6, 5000):
                with pytest.raises(LimitRefused):
                    await driver.make_index(bits)
            for vectors in ([], ["00ff"], ["xyz"]):
                with pytest.raises(LimitRefused):
                    await driver.add(vectors)
                with pytest.raises(LimitRefused):
                    await driver.find(vectors)
        finally:
            await driver.close()

    clock.run(main(), virtual=False)
