"""Interlocks over an open rig: what may be watched, and what its readings say."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from labctl import clock
from labctl.errors import BenchError, Defect
from labctl.evidence import Reading
from labctl.interlocks import Finding, Watch
from rigs.bench import load_bench
from rigs.interlocks import Limit, watches_of
from rigs.probes import Probe, State, Told, Value, question

HEAD = """name = "b"
rig = "oven"

[roles.lamp]
driver = "llp.sol1"
address = "serial:///dev/ttyUSB0"

[[interlocks]]
name = "guard"
action = "trip"
"""


def reading(value: float, unit: str) -> Reading:
    return Reading(value, unit, clock.now(), 0.0, "sim://oven", "SIM-1")


@dataclass
class Oven:
    """A rig with a temperature, a door and a hydrogen sensor that tells by itself."""

    celsius: float = 20.0
    door: str = "closed"
    fan: bool = True

    async def temperature(self) -> Reading:
        return reading(self.celsius, "degC")

    async def is_fan_on(self) -> bool:
        return self.fan

    async def where(self) -> str:
        return self.door

    @asynccontextmanager
    async def hydrogen(self) -> AsyncGenerator[AsyncIterator[Reading]]:
        async def each() -> AsyncIterator[Reading]:
            for value in (0.0, 5e-3, 2e-2):
                yield reading(value, "mol/mol")
                await asyncio.sleep(1.0)

        yield each()

    def watchable(self) -> Mapping[str, Probe]:
        return {
            "oven.temperature": Value("degC", self.temperature),
            "oven.door": State(("closed", "open"), self.where),
            "oven.fan": question(self.is_fan_on),
            "gas.hydrogen": Told("mol/mol", self.hydrogen),
        }


def watch(folder: Path, lines: str, rig: object) -> Watch:
    path = folder / "bench.toml"
    path.write_text(HEAD + lines, encoding="utf-8")
    [found] = watches_of(load_bench(path), rig)
    return found


def read(one: Watch) -> Finding:
    return clock.run(one.read(), virtual=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("celsius", "standing", "text"),
    [
        (20.0, "good", "oven.temperature is 20 degC"),
        (80.0, "good", "oven.temperature is 80 degC"),
        (80.5, "between", "oven.temperature is 80.5 degC, still above 80 degC"),
        (85.0, "between", "oven.temperature is 85 degC, still above 80 degC"),
        (85.1, "bad", "oven.temperature is 85.1 degC, limit: not above 85 degC"),
        (math.inf, "bad", "oven.temperature is inf degC, limit: not above 85 degC"),
        (math.nan, "bad", "oven.temperature is nan degC, limit: not above 85 degC"),
    ],
)
def test_a_value_with_hysteresis(tmp_path: Path, celsius: float, standing: str, text: str) -> None:
    lines = """watch = "oven.temperature"
above = { value = 85, unit = "degC" }
clear = { value = 353.15, unit = "K" }"""
    one = watch(tmp_path, lines, Oven(celsius))
    assert not one.pushed
    assert read(one) == Finding(standing, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(("celsius", "standing"), [(-1.0, "bad"), (0.0, "good"), (1.0, "good")])
def test_a_lower_limit_without_hysteresis(tmp_path: Path, celsius: float, standing: str) -> None:
    lines = 'watch = "oven.temperature"\nbelow = { value = 0, unit = "degC" }'
    assert read(watch(tmp_path, lines, Oven(celsius))).standing == standing


@pytest.mark.parametrize(
    ("condition", "door", "standing"),
    [
        ('is_not = "closed"', "closed", "good"),
        ('is_not = "closed"', "open", "bad"),
        ('is_not = "closed"', "ajar", "bad"),
        ('is = "open"', "open", "bad"),
        ('is = "open"', "closed", "good"),
        ('is = "open"', "ajar", "bad"),
    ],
)
def test_a_state(tmp_path: Path, condition: str, door: str, standing: str) -> None:
    one = watch(tmp_path, f'watch = "oven.door"\n{condition}', Oven(door=door))
    finding = read(one)
    assert finding.standing == standing
    assert f"oven.door is {door}" in finding.text


def test_a_question(tmp_path: Path) -> None:
    one = watch(tmp_path, 'watch = "oven.fan"\nis_not = "yes"', Oven(fan=False))
    assert read(one) == Finding("bad", "oven.fan is no, expected yes")


def test_what_is_told(tmp_path: Path) -> None:
    lines = 'watch = "gas.hydrogen"\nabove = { value = 1, unit = "%" }'
    one = watch(tmp_path, lines, Oven())
    assert one.pushed

    async def heard() -> list[str]:
        async with one.told() as told:
            return [finding.standing async for finding in told]

    assert clock.run(heard(), virtual=True) == ["good", "good", "bad"]
    with pytest.raises(Defect):
        read(one)


def test_what_is_asked_tells_nothing(tmp_path: Path) -> None:
    with pytest.raises(Defect):
        watch(tmp_path, 'watch = "oven.fan"\nis = "no"', Oven()).told()


def test_units_of_a_reading_are_converted() -> None:
    limit = Limit("x", "V", 4.2, 4.2, above=True)

    async def find() -> Finding:
        return limit.finding(reading(4300.0, "mV"))

    assert clock.run(find(), virtual=True).standing == "bad"


@pytest.mark.parametrize(
    ("lines", "where", "what"),
    [
        ('watch = "oven.smell"\nis = "bad"', ":11: interlocks.0.watch", "gas.hydrogen"),
        (
            'watch = "oven.door"\nabove = { value = 1, unit = "V" }',
            ":8: interlocks.0",
            "closed, open",
        ),
        ('watch = "oven.door"\nis = "ajar"', ":12: interlocks.0.is", "never 'ajar'"),
        ('watch = "oven.temperature"\nis = "hot"', ":8: interlocks.0", "a quantity in degC"),
        (
            'watch = "oven.temperature"\nabove = { value = 1, unit = "V" }',
            ":12: interlocks.0.above",
            "'V'",
        ),
    ],
)
def test_what_the_rig_does_not_let_be_watched(
    tmp_path: Path, lines: str, where: str, what: str
) -> None:
    with pytest.raises(BenchError) as caught:
        watch(tmp_path, lines, Oven())
    assert where in str(caught.value)
    assert what in str(caught.value)


def test_a_rig_of_which_nothing_is_watched(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="the rig has: nothing"):
        watch(tmp_path, 'watch = "oven.fan"\nis = "no"', object())
