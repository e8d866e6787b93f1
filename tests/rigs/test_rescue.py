"""A bench is made safe by somebody who has not used it: on served instruments, in real time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.registry import load_driver
from labctl import clock
from labctl.errors import BenchError
from labctl.rescuing import BY_HAND, RescueReport, RoleRescue
from labctl.serving import ServeRequest
from rigs.benches import simulated_bench
from rigs.dossier import DossierRig
from rigs.lab import LAB
from rigs.photovoltaic import PhotovoltaicRig
from rigs.rescue import prepare
from rigs.serving import serve_bench
from tests.served_bench import bench_file

DEADLINE = 1.5
ORDER = ["source_meter", "lamp", "bender", "chuck", "reference_meter"]


def on_served(use: Callable[[Any], Awaitable[Any]], bench: str = "photovoltaic") -> Any:
    """What `use` makes of a bench that is being served on the same loop."""

    async def main() -> Any:
        served = await serve_bench(ServeRequest(bench), lambda role, event, detail: None)
        try:
            return await use(served)
        finally:
            await served.close()

    return clock.run(main(), virtual=False)


async def driven(served: Any, role: str, driver: str, use: Callable[[Any], Awaitable[None]]) -> Any:
    """Drive `role` as another process does, and leave it."""
    made: Any = load_driver(driver)
    link = await open_link(served.roles[role]["address"], Doors(), made.settings)
    await use(made(link, {}))
    await link.close()


async def asked(served: Any, role: str, query: str) -> str:
    """What another client is told, over a socket of its own."""
    host, _, port = served.roles[role]["endpoints"]["tcp"].partition("//")[2].rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"{query}\n".encode("ascii"))
    answer = (await reader.readline()).decode("ascii").strip()
    writer.close()
    await writer.wait_closed()
    return answer


def test_all_are_safe_in_the_rigs_order_and_another_client_sees_it(tmp_path: Path) -> None:
    told: list[RoleRescue] = []

    async def switch_on(smu: Any) -> None:
        await smu.source_voltage(0.5, compliance=10e-3)
        await smu.output(True)

    async def use(served: Any) -> tuple[RescueReport, RescueReport, list[str]]:
        rescue = prepare(bench_file(tmp_path / "b.toml", served.roles), PhotovoltaicRig)
        assert list(rescue.addresses) == ORDER and not rescue.problems
        await driven(served, "source_meter", "keithley.k2450", switch_on)
        seen = [await asked(served, "source_meter", ":OUTP?")]
        found = await rescue.safe(tell=told.append)
        seen.append(await asked(served, "source_meter", ":OUTP?"))
        return found, await rescue.safe(), seen

    found, again, seen = on_served(use)
    print(found.told())
    assert seen == ["1", "0"]
    assert [one.role for one in found.roles] == ORDER
    assert found.is_safe and again.is_safe and not found.unsafe
    assert sorted(one.role for one in told) == sorted(ORDER)
    assert found.seconds < 10.0, "ten times the second within which a bench must be safe"
    assert msgspec.json.decode(msgspec.json.encode(found), type=RescueReport) == found


def test_a_dead_instrument_is_told_with_a_remedy_and_delays_nobody(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        closed = {"source_meter": "visa://TCPIP::127.0.0.1::1::SOCKET"}
        silent = {"lamp": f"socket://127.0.0.1:{mute.getsockname()[1]}"}

        async def use(served: Any) -> RescueReport:
            path = bench_file(tmp_path / "b.toml", served.roles, addresses=closed | silent)
            return await prepare(path).safe(DEADLINE)

        found = on_served(use)
    by_role = {one.role: one for one in found.roles}
    assert [one.role for one in found.unsafe] == ["source_meter", "lamp"]
    assert not found.is_safe and found.told().count("NOT SAFE") == 2
    for dead in found.unsafe:
        assert dead.state == "unreached" and dead.error is not None
        assert dead.error["remedy"].startswith(BY_HAND)
        assert all(by_role[role].seconds < dead.seconds for role in ORDER[2:])
    assert by_role["source_meter"].tries > 3
    assert all(by_role[role].state == "safe" for role in ORDER[2:])


def test_a_line_that_is_held_at_first_is_opened_when_it_is_free(tmp_path: Path) -> None:
    async def use(served: Any) -> RoleRescue:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        address = {"reference_meter": f"tcp://127.0.0.1:{port}"}
        path = bench_file(tmp_path / "b.toml", served.roles, addresses=address)
        waiting = asyncio.create_task(prepare(path).safe())
        await clock.sleep(0.5)
        there = int(served.roles["reference_meter"]["endpoints"]["tcp"].rpartition(":")[2])

        async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", there)
            async with asyncio.TaskGroup() as group:
                group.create_task(pumped(reader, far_writer))
                group.create_task(pumped(far_reader, writer))

        async with await asyncio.start_server(forward, "127.0.0.1", port):
            found = await waiting
        return next(one for one in found.roles if one.role == "reference_meter")

    meter = on_served(use)
    assert meter.state == "safe" and meter.tries > 1 and meter.error is None


async def pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes from one connection to another until there are no more."""
    while data := await reader.read(1000):
        writer.write(data)
    writer.close()


def test_a_role_that_the_file_gives_no_way_to_is_told_and_the_others_are_safe(
    tmp_path: Path,
) -> None:
    async def use(served: Any) -> tuple[Any, RescueReport]:
        path = bench_file(tmp_path / "b.toml", served.roles)
        text = path.read_text(encoding="utf-8").replace('"llp.sol1"', '"llp.unknown"')
        path.write_text(text, encoding="utf-8")
        rescue = prepare(path)
        return rescue, await rescue.safe()

    rescue, found = on_served(use)
    assert list(rescue.problems) == ["lamp"]
    assert [(one.role, one.state, one.tries) for one in found.unsafe] == [("lamp", "failed", 0)]
    assert "llp.unknown" in found.told() and BY_HAND in found.told()


@pytest.mark.parametrize(
    ("bench", "rig"),
    [
        (None, PhotovoltaicRig),
        (simulated_bench("photovoltaic"), PhotovoltaicRig),
        (simulated_bench("reference"), None),
        (Path("a-dossier"), DossierRig),
    ],
)
def test_what_is_simulated_ended_with_its_process(bench: Path | None, rig: type | None) -> None:
    rescue = prepare(bench, rig)
    found = clock.run(rescue.safe(), virtual=False)
    assert rescue.simulated and found.simulated and found.is_safe and not found.roles


def test_the_file_as_it_stood_counts_where_it_is_given(tmp_path: Path) -> None:
    text = 'name = "then"\nrig = "none"\n[roles.meter]\ndriver = "keithley.dmm6500"\n'
    rescue = prepare(tmp_path / "gone.toml", None, text + 'address = "tcp://192.0.2.1:1"\n')
    assert (rescue.bench_name, dict(rescue.addresses)) == ("then", {"meter": "tcp://192.0.2.1:1"})
    with pytest.raises(BenchError, match="cannot be read"):
        prepare(tmp_path / "gone.toml")


def test_files_and_software_under_test_have_nothing_to_be_made_safe(tmp_path: Path) -> None:
    roles = {"reader": f"folder://{tmp_path}", "program": "process://no-such-program"}
    text = 'name = "b"\nrig = "none"\n' + "".join(
        f'[roles.{role}]\ndriver = "imported.tiff"\naddress = "{address}"\n'
        for role, address in roles.items()
    )
    rescue = prepare(tmp_path / "b.toml", None, text)
    assert dict(rescue.addresses) == roles and not rescue.problems
    assert clock.run(rescue.safe(), virtual=False).roles == ()


def test_the_lab_offers_it() -> None:
    assert LAB.rescue is not None
    assert LAB.rescue(None, PhotovoltaicRig).simulated
