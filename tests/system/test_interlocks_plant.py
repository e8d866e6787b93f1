"""Interlocks on what stands around a rig: gas and heat that are told, a UPS that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest

from drivers.driver import Driver
from drivers.roles.data_logger import DataLogger
from drivers.roles.gas_sensor import GasSensor
from drivers.roles.ups import UninterruptiblePowerSupply
from labctl import clock
from labctl.errors import InterlockError
from labctl.evidence import Reading
from labctl.holding import Control
from labctl.watching import watching
from rigs.opening import open_bench
from rigs.probes import Probe, State, Told, Value
from rigs.safety import safe_all
from sim_backends.models.mains import Mains
from sim_backends.worlds.reference import first_ten

BENCH = """name = "plant"
rig = "plant"

[sim]
world = "reference"

[roles.node]
driver = "ble.environmental_sensing"
address = "sim:ble"
emulator = "ble.environmental"
port = "open_air"

[roles.gateway]
driver = "mqtt.gateway"
address = "sim:mqtt"
emulator = "mqtt.gateway"
port = "rack"

[roles.ups]
driver = "apc.smart_ups"
address = "sim:modbus-tcp"
emulator = "apc.smart_ups"
port = "ups"
"""

GAS = """
[[interlocks]]
name = "gas"
watch = "node.fraction"
above = { value = 2000, unit = "ppm" }
action = "hold"
lost_after = { value = 60, unit = "s" }
settle = { value = 60, unit = "s" }
"""

ROOM = """
[[interlocks]]
name = "room"
watch = "room.temperature"
above = { value = 40, unit = "degC" }
action = "trip"
lost_after = { value = 30, unit = "s" }
"""

UPS = """
[[interlocks]]
name = "grid"
watch = "ups.state"
is_not = "online"
action = "hold"
every = { value = 5, unit = "s" }
settle = { value = 60, unit = "s" }
"""

INTERVAL = 5.0
"""Seconds between two values of the gateway."""


class Node(GasSensor, Protocol):
    """A gas sensor that tells by itself."""

    def follow(self, quantity: Literal["fraction"]) -> AbstractAsyncContextManager[Any]: ...


class Gateway(DataLogger, Protocol):
    """A logger that tells by itself."""

    def follow(self, channel: str, *, interval: float) -> AbstractAsyncContextManager[Any]: ...


@dataclass(frozen=True)
class PlantRig:
    """What stands around a rig."""

    node: Node
    gateway: Gateway
    ups: UninterruptiblePowerSupply
    name: str = "plant"

    def roles(self) -> Mapping[str, Driver]:
        return {"node": self.node, "gateway": self.gateway, "ups": self.ups}

    async def safe(self) -> None:
        await safe_all(self.roles())

    async def charge(self) -> Reading:
        """Charge of the battery in %."""
        return (await self.ups.battery()).charge

    def watchable(self) -> Mapping[str, Probe]:
        room = partial(self.gateway.follow, "room_temperature", interval=INTERVAL)
        return {
            "node.fraction": Told("mol/mol", partial(self.node.follow, "fraction")),
            "room.temperature": Told("degC", room),
            "ups.state": State(("online", "on_battery", "bypass", "off", "fault"), self.ups.state),
            "ups.charge": Value("%", self.charge),
        }


class Failing(Mains):
    """A grid that is out from 100 s to 200 s."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fail(100.0)
        self.restore(200.0)


def watched(folder: Path, text: str, seconds: float) -> list[tuple[float, str, str]]:
    """What the control of a run is told in so many seconds: run time, what, why."""
    bench = folder / "plant.toml"
    bench.write_text(BENCH + text, encoding="utf-8")
    told: list[tuple[float, str, str]] = []

    async def body() -> None:
        opened = await open_bench(bench, rig=PlantRig, sample=None, seed=1)
        control = Control(lambda what, why: told.append((clock.now(), what, why)))
        try:
            await opened.rig.gateway.start(["room_temperature"], sample_rate=1 / INTERVAL)
            async with watching(opened, control):
                await clock.sleep_until(seconds)
            await opened.hold()
        finally:
            await opened.close()

    clock.run(body(), virtual=True)
    return told


def faults(role: str, kind: str, more: str) -> str:
    return f'\n[[sim.faults]]\nrole = "{role}"\nkind = "{kind}"\n{more}\n'


def test_nothing_is_told_of_a_quiet_plant(tmp_path: Path) -> None:
    assert watched(tmp_path, GAS + ROOM + UPS, 600.0) == []


def test_gas_that_is_told_by_radio_holds(tmp_path: Path) -> None:
    """800 ppm, and 10 ppm more each second for five minutes."""
    leak = faults("node", "drift", "rate = 10e-6\nafter = 100.0\nlasting = 300.0")
    (held, what, why), (released, done, _) = watched(tmp_path, GAS + leak, 900.0)
    assert (what, done) == ("hold", "released")
    assert why.startswith("gas: node.fraction is 0.00") and "not above 0.002 mol/mol" in why
    assert 220.0 < held < 235.0
    assert 460.0 <= released < 480.0


def test_a_radio_that_falls_silent_holds(tmp_path: Path) -> None:
    lost = faults("node", "silence", "after = 100.0\nlasting = 200.0")
    told = watched(tmp_path, GAS + lost, 900.0)
    assert [what for _, what, _ in told] == ["hold", "released"]
    assert "no reading for" in told[0][2]
    assert 155.0 < told[0][0] < 175.0


def test_a_gateway_that_falls_silent_trips(tmp_path: Path) -> None:
    lost = faults("gateway", "silence", "after = 100.0\nlasting = 100.0")
    [(t, what, why)] = watched(tmp_path, ROOM + lost, 300.0)
    assert what == "trip"
    assert "room: no reading for" in why
    assert 125.0 < t < 145.0


def test_a_grid_failure_holds_until_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_ten, "Mains", Failing)
    (held, what, why), (released, done, _) = watched(tmp_path, UPS, 600.0)
    assert (what, done) == ("hold", "released")
    assert why == "grid: ups.state is on_battery, expected online"
    assert 100.0 < held < 110.0
    assert 260.0 <= released < 280.0


def test_a_gas_level_before_the_start_refuses(tmp_path: Path) -> None:
    leak = faults("node", "drift", "rate = 1.0")
    with pytest.raises(InterlockError, match=r"gas: node\.fraction is"):
        watched(tmp_path, GAS + leak, 60.0)
