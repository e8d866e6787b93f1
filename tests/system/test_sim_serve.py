"""`labctl sim serve`: real sockets and terminals, many clients, faults on demand, a clean end."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.registry import load_driver
from labctl import clock
from labctl.platform.pty import available
from tests.serving import Served
from tests.sim_backends.emulators.found import bench

TERMINATES = sys.platform != "win32"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served("reference") as served:
        yield served


def connect(served: Served, role: str, kind: str = "tcp") -> socket.socket:
    return socket.create_connection(served.socket(role, kind), 20)


def ask(connection: socket.socket, question: bytes) -> bytes:
    connection.sendall(question)
    answer = b""
    while not answer.endswith(b"\n"):
        data = connection.recv(4096)
        assert data, "the line was closed"
        answer += data
    return answer


def test_the_first_line_says_where_each_instrument_is(served: Served) -> None:
    assert list(served.roles) == list(bench().roles)
    for role, entry in served.roles.items():
        assert entry["model"] and "truth" in entry, role
        assert entry["address"] or entry["reason"]
        for value, unit in entry["truth"].values():
            assert isinstance(value, float) and unit


def test_many_clients_of_one_instrument_share_its_state(served: Served) -> None:
    clients = [connect(served, "multimeter") for _ in range(5)]
    ask(clients[0], b":SENS:VOLT:NPLC 2;*OPC?\n")
    for client in clients:
        client.sendall(b":SENS:VOLT:NPLC?\n")
    assert {float(ask(client, b"")) for client in clients} == {2.0}
    for client in clients:
        client.close()
    with connect(served, "multimeter") as again:
        assert b"SIM-" in ask(again, b"*IDN?\r\n")


def test_a_serial_line_takes_one_client(served: Served) -> None:
    with connect(served, "gas_sensor") as first, connect(served, "gas_sensor") as second:
        first.sendall(bytes.fromhex("ff0186000000000079"))
        assert len(first.recv(9, socket.MSG_WAITALL)) == 9
        with pytest.raises((ConnectionError, AssertionError)):
            ask(second, bytes.fromhex("ff0186000000000079"))
    with connect(served, "gas_sensor") as third:
        third.sendall(bytes.fromhex("ff0186000000000079"))
        assert len(third.recv(9, socket.MSG_WAITALL)) == 9
    served.hear(lambda notes: any("refused" in note for note in notes))


def test_every_driver_of_ours_finds_its_served_instrument(served: Served) -> None:
    async def identify(role: str) -> str:
        entry = bench().roles[role]
        driver_class = load_driver(entry.driver)
        link = await open_link(served.roles[role]["address"], Doors(), driver_class.settings)
        try:
            driver = driver_class(link, {})
            await driver.identify()
            await driver.safe()
            return driver.identity.model
        finally:
            await link.close()

    async def everyone() -> dict[str, str]:
        """One after another; where a file has to stand still for a while, side by side."""
        reached = [role for role in served.roles if served.roles[role]["address"]]
        files = [role for role in reached if bench().roles[role].address == "sim:files"]
        models = dict(zip(files, await asyncio.gather(*map(identify, files)), strict=True))
        return models | {role: await identify(role) for role in reached if role not in files}

    found = clock.run(everyone(), virtual=False)
    assert found["source_meter"] == "2450" and all(found.values())


def test_faults_on_demand(served: Served) -> None:
    with connect(served, "source_meter") as client:
        served.say("fault source_meter replace old=2450 new=9999")
        assert b"9999" in ask(client, b"*IDN?\n")
        served.say("heal source_meter")
        assert b"2450" in ask(client, b"*IDN?\n")
        served.say("fault source_meter disconnect")
        with pytest.raises((ConnectionError, AssertionError)):
            ask(client, b"*IDN?\n")
    with connect(served, "source_meter") as client:
        assert b"2450" in ask(client, b"*IDN?\n")
    served.say("fault nobody silence")
    served.hear(lambda notes: any("nobody" in note and "source_meter" in note for note in notes))


def test_an_instrument_that_writes_files_has_a_folder(served: Served) -> None:
    role = served.roles["network_analyzer"]
    folder = Path(role["endpoints"]["folder"])
    assert role["address"] == f"folder://{folder.as_posix()}?pattern=*.s2p&old=1"

    async def grown() -> bytes:
        async with asyncio.timeout(60.0):
            while not (files := list(folder.glob("*.s2p"))) or len(files[0].read_bytes()) < 10000:
                await clock.sleep(0.1)
        return files[0].read_bytes()

    assert clock.run(grown(), virtual=False).startswith(b"! labctl,NA-8,SIM-")


@pytest.mark.skipif(not TERMINATES, reason="a signal cannot be sent to a process there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_clean(number: int, tmp_path: Path) -> None:
    faults = tmp_path / "faults.txt"
    faults.write_text("# dead from the start\nfault lamp silence times=none\n", encoding="utf-8")
    with Served("photovoltaic", "--faults", str(faults)) as served:
        assert "truth" not in served.roles["source_meter"]
        client = connect(served, "source_meter")
        assert b"2450" in ask(client, b"*IDN?\n")
        assert served.stop(number) == 0
        client.close()
    assert any("connected" in note for note in served.notes)
    assert not any("Traceback" in note for note in served.notes)


@pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")
def test_a_terminal_for_each_serial_line(served: Served) -> None:
    import serial

    with serial.Serial(served.endpoint("solar_simulator", "pty"), timeout=20) as port:
        port.write(b"ID?*33\n")
        assert port.read_until(b"\n")


def refused(*options: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "labctl", "sim", "serve", *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stderr


def test_an_unknown_bench_a_real_bench_and_a_taken_port(tmp_path: Path) -> None:
    code, text = refused("no-such-bench")
    assert code == 3 and "no-such-bench" in text and text.count("\n") == 1
    real = tmp_path / "real.toml"
    real.write_text(
        'name = "r"\nrig = "r"\n[roles.a]\ndriver = "keithley.k2450"\n'
        'address = "visa://TCPIP::192.0.2.1::5025::SOCKET"\n',
        encoding="utf-8",
    )
    code, text = refused(str(real))
    assert code == 3 and "real" in text
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, text = refused("reference", "--port", str(taken.getsockname()[1]))
    assert code == 3 and "--port" in text
