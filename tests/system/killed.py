"""A process that drives every instrument of a served bench, and is killed in one of its commands.

python -m tests.system.killed BENCH 0       count the commands, print how many, make safe
python -m tests.system.killed BENCH N HOW   die in command N

HOW is `before` it is sent, `half` of it on a serial port, or `after` and so many ms.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from drivers.links.opening import open_link
from labctl import clock
from rigs.rescue import Prepared, prepare

HALF = b"=*LAMP"
"""What stands on a serial port of who dies in the middle of a command; no instrument acts on it."""


def die(*_: object) -> None:
    """End at once, with nothing cleaned up."""
    os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


class Killer:
    """The gate of all lines: dies in command number `at`."""

    def __init__(self, at: int, how: str) -> None:
        self.count = 0
        self._at = at
        self._how = how

    def __call__(self, address: str) -> None:
        """A command is about to be sent to `address`."""
        self.count += 1
        if self.count != self._at:
            return
        if self._how.startswith("after"):
            timer = threading.Timer(float(self._how.removeprefix("after")) / 1e3, die)
            timer.daemon = True
            timer.start()
            return
        if self._how == "half" and "/dev/" in address:
            with open(address.partition("://")[2].partition("?")[0], "wb", buffering=0) as port:
                port.write(HALF)
        die()


async def work(bench: Prepared, gate: Killer) -> None:
    """Switch everything on, use it, and switch it off."""
    made: dict[str, Any] = {}
    for role, part in bench.parts.items():
        link = await open_link(part.address, part.doors, part.driver.settings, gate=gate)
        made[role] = part.driver(link, part.limits)
        await made[role].identify()
    await on(**made)
    for driver in made.values():
        await driver.safe()
        await driver.close()


async def on(source_meter: Any, lamp: Any, bender: Any, chuck: Any, reference_meter: Any) -> None:
    """All that a procedure does with the bench."""
    await chuck.set_temperature(45.0)
    await chuck.control(True)
    await lamp.lamp(True)
    await lamp.set_irradiance(1000.0)
    await lamp.shutter(True)
    await bender.set_radius(5e-3)
    await bender.start(1000, frequency=2.0)
    await source_meter.source_voltage(0.2, compliance=0.1)
    await source_meter.output(True)
    await source_meter.measure()
    await reference_meter.measure_voltage()
    await chuck.temperature()
    await bender.cycles_done()
    await source_meter.sweep_voltage(0.0, 0.4, 11, delay=0.02, compliance=0.1)
    await source_meter.source_current(1e-3, compliance=1.0)
    await source_meter.output(True)
    await source_meter.measure()


def main(bench: str, at: str, how: str = "before") -> None:
    """Work, and die where it is asked for; who survives says how many commands there were."""
    gate = Killer(int(at), how)
    clock.run(work(prepare(Path(bench)), gate), virtual=False)
    print(gate.count)


if __name__ == "__main__":
    main(*sys.argv[1:])
