"""What opening an address needs is loaded beforehand, for every scheme there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from drivers.links.address import SCHEMES
from drivers.links.doors import Doors
from drivers.links.preload import MODULES, preload
from labctl.errors import UsageError

TARGETS = {
    "visa": "visa://TCPIP::192.0.2.1::5025::SOCKET",
    "modbus+rtu": "modbus+rtu:///dev/ttyUSB0?baudrate=9600&unit=1",
    "serial": "serial:///dev/ttyUSB0?baudrate=9600",
}


def test_every_scheme_has_its_modules() -> None:
    assert set(MODULES) == set(SCHEMES)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_opened(scheme: str) -> None:
    preload(TARGETS.get(scheme, f"{scheme}://192.0.2.1:1"), Doors())


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(UsageError, match="gpib"):
        preload("gpib://1", Doors())


def test_opening_loads_no_module_of_ours_any_more() -> None:
    program = (
        "import sys, asyncio\n"
        "from drivers.links.preload import preload\n"
        "from drivers.links.doors import Doors\n"
        "from drivers.links.opening import open_message_link\n"
        "from labctl.errors import LinkError\n"
        "address = 'visa://TCPIP::127.0.0.1::1::SOCKET'\n"
        "preload(address, Doors())\n"
        "before = set(sys.modules)\n"
        "async def main():\n"
        "    try:\n"
        "        await open_message_link(address)\n"
        "    except LinkError:\n"
        "        pass\n"
        "asyncio.run(main())\n"
        "print([name for name in set(sys.modules) - before if 'visa' in name or 'drivers' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
