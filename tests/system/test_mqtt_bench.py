"""An instrument on MQTT topics in a bench file: in virtual time, with faults, and served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiomqtt
import pytest

from drivers.driver import Driver
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from labctl import clock
from labctl.errors import BenchError, InstrumentError, LinkError
from labctl.evidence import Reading
from labctl.platform.sockets import listen_locally
from labctl.serving import ServeRequest
from rigs.opening import open_bench
from rigs.safety import safe_all
from rigs.serving import serve_bench
from tests.drivers.topic_thermometer import TopicThermometer

T = TypeVar("T")
ROOM = 23.0
BENCH = """name = "room"
rig = "room"

[sim]
world = "reference"

[roles.thermometer]
driver = "tests.drivers.topic_thermometer"
address = "sim:mqtt"
emulator = "tests.sim_backends.emulators.topic_thermometer"
port = "block"
"""


class Thermometer(Driver, Protocol):
    """Reads a temperature."""

    async def temperature(self) -> Reading:
        """One reading in degC."""
        ...


@dataclass(frozen=True)
class RoomRig:
    """One thermometer."""

    thermometer: Thermometer
    name: str = "room"

    def roles(self) -> Mapping[str, Driver]:
        return {"thermometer": self.thermometer}

    async def safe(self) -> None:
        await safe_all(self.roles())


def written(folder: Path, *faults: str) -> Path:
    path = folder / "room.toml"
    tables = "".join(f'\n[[sim.faults]]\nrole = "thermometer"\n{each}\n' for each in faults)
    path.write_text(BENCH + tables, encoding="utf-8")
    return path


def on(path: Path, body: Callable[[Thermometer], Awaitable[T]]) -> T:
    local = listen_locally()
    if local is None:
        pytest.skip("no socket in the file system: MQTT keeps no virtual time here")
    local.close()

    async def main() -> T:
        opened = await open_bench(path, rig=RoomRig, sample=None, seed=1)
        try:
            assert opened.simulated and opened.instruments[0].identity.simulated
            return await body(opened.rig.thermometer)
        finally:
            await opened.close()

    return clock.run(main(), virtual=True)


async def twice(thermometer: Thermometer) -> tuple[float, float]:
    first = (await thermometer.temperature()).value
    await clock.sleep(3600.0)
    return first, (await thermometer.temperature()).value


def test_an_hour_on_topics(tmp_path: Path) -> None:
    assert on(written(tmp_path), twice) == pytest.approx((ROOM, ROOM), abs=0.06)


SENSED = {
    'kind = "saturate"\nhigh = 20.0': (20.0, 20.0),
    'kind = "drift"\nrate = 1e-3\nafter = 1.0': (ROOM, ROOM + 3.6),
    'kind = "hold"': (ROOM, ROOM),
    # The first message after the announcement, telemetry and the identity is the first answer.
    'kind = "delay"\nseconds = 0.5\nat = 4': (ROOM, ROOM),
    'kind = "stuck"\nat = 4': (ROOM, ROOM),
}


@pytest.mark.parametrize("fault", SENSED)
def test_faults_that_leave_a_value(tmp_path: Path, fault: str) -> None:
    assert on(written(tmp_path, fault), twice) == pytest.approx(SENSED[fault], abs=0.06)


BROKEN = {
    'kind = "silence"\nat = 4': LinkError,
    'kind = "delay"\nseconds = 5.0\nat = 4': LinkError,
    'kind = "disconnect"\nat = 4': LinkError,
    'kind = "reboot"\nseconds = 3.0\nat = 4': LinkError,
    'kind = "garble"\nat = 4': InstrumentError,
    'kind = "truncate"\nkeep = 4\nat = 4': InstrumentError,
}


@pytest.mark.parametrize("fault", BROKEN)
def test_faults_that_break_an_answer_and_what_comes_after(tmp_path: Path, fault: str) -> None:
    async def body(thermometer: Thermometer) -> float:
        with pytest.raises(BROKEN[fault]) as caught:
            await thermometer.temperature()
        assert caught.value.address == thermometer.address
        await clock.sleep(10.0)
        await thermometer.resync()
        return (await thermometer.temperature()).value

    assert on(written(tmp_path, fault), body) == pytest.approx(ROOM, abs=0.06)


def test_a_fault_that_cannot_be_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"room.toml:13: sim.faults.0: no kind of fault: 'rust'"):
        on(written(tmp_path, 'kind = "rust"'), twice)


def test_served_on_a_real_port_with_faults(tmp_path: Path) -> None:
    request = ServeRequest(str(written(tmp_path)))

    async def main() -> None:
        served: Any = await serve_bench(request, lambda role, event, detail: None)
        try:
            address = served.roles["thermometer"]["address"]
            host, _, port = address.removeprefix("mqtt://").partition(":")
            async with aiomqtt.Client(host, int(port)) as client:
                await client.subscribe("room/#")
                await client.publish("room/ask", b"value")
                heard = [await anext(client.messages) for _ in range(3)]
                assert {str(each.topic) for each in heard} >= {"room/status", "room/answer"}
            await _ours(address, served)
        finally:
            await served.close()

    clock.run(main(), virtual=False)


async def _ours(address: str, served: Any) -> None:
    link = await open_link(address, Doors(), TopicThermometer.settings)
    thermometer = TopicThermometer(link, {})  # type: ignore[arg-type]
    await thermometer.identify()
    assert thermometer.identity.simulated
    served.command("fault thermometer garble times=none")
    with pytest.raises(InstrumentError):
        await thermometer.temperature()
    served.command("heal thermometer")
    assert (await thermometer.temperature()).value == pytest.approx(ROOM, abs=0.06)
    served.command("fault thermometer saturate high=10")
    assert (await thermometer.temperature()).value == pytest.approx(10.0, abs=0.06)
    await thermometer.close()
