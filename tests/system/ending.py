"""`labctl run 1.1-03` to be ended from outside: `python -m tests.system.ending RUNS MOMENT`.

It prints "now" each time that a signal is waited for, and leaves in RUNS/left.json which roles
still put out something at its end, read off the simulated instruments. Nothing of the command line
itself is changed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drivers.eurotherm.e3216 import Eurotherm3216
from labctl import itemrun
from labctl.cli.main import main
from labctl.errors import InstrumentError, LinkError
from labctl.journal import chain
from labctl.report import write
from procedures.methods.photovoltaics import iv_sweep
from rigs.opened import Opened
from rigs.photovoltaic import PhotovoltaicRig
from tests.system.photovoltaic_bench import energy, watch

COMMITS = 12
"""The transaction in which the moment comes."""

C_CALL = 3_000_000
"""Rounds of a hash that lets no signal through before its end, for a second or more."""


def now() -> None:
    print("now", flush=True)


def busy() -> None:
    """Compute until a signal ends it."""
    now()
    number = 0
    while number >= 0:
        number += 1


def first(call: Callable[..., Any], what: Callable[[], None]) -> Callable[..., Any]:
    """`call`, before whose first use `what` is done."""
    done: list[bool] = []

    def changed(*args: Any, **more: Any) -> Any:
        if not done:
            done.append(True)
            what()
        return call(*args, **more)

    return changed


def while_opening(patched: pytest.MonkeyPatch) -> None:
    """In the midst of identifying the instruments, which then takes for ever."""

    async def identify(_: Eurotherm3216) -> None:
        now()
        while True:
            await asyncio.sleep(0)

    patched.setattr(Eurotherm3216, "identify", identify)


def in_a_step(patched: pytest.MonkeyPatch) -> None:
    """A step computes without letting the loop breathe."""
    patched.setattr(iv_sweep, "trace", first(iv_sweep.trace, busy))


def in_a_c_call(patched: pytest.MonkeyPatch) -> None:
    """A step waits for a library that no signal reaches."""

    def hashed() -> None:
        now()
        hashlib.pbkdf2_hmac("sha256", b"", b"", C_CALL)

    patched.setattr(iv_sweep, "trace", first(iv_sweep.trace, hashed))


def in_a_transaction(patched: pytest.MonkeyPatch) -> None:
    """The run waits for a commit that is half written."""
    count, following = [0], chain.Link.next

    def slowly(*args: Any) -> chain.Link:
        count[0] += 1
        if count[0] == COMMITS:
            now()
            threading.Event().wait(0.5)
        return following(*args)

    patched.setattr(chain.Link, "next", slowly)


def while_judged(patched: pytest.MonkeyPatch) -> None:
    """All is measured, and the verdict takes long."""
    patched.setattr(itemrun, "judge", first(itemrun.judge, busy))


def while_reported(patched: pytest.MonkeyPatch) -> None:
    """The run is done, and its report takes long."""
    patched.setattr(write, "write_report", first(write.write_report, busy))


def both_fail(patched: pytest.MonkeyPatch) -> None:
    """A step is ended, all is switched off, and then making safe fails, and closing too."""
    in_a_step(patched)
    safe, close = PhotovoltaicRig.safe, Opened.close

    async def unsafe(rig: PhotovoltaicRig) -> None:
        await safe(rig)
        raise InstrumentError("not safe", address="visa://x", remedy="switch it off by hand")

    async def unclosed(bench: Opened) -> None:
        await close(bench)
        raise LinkError("not closed", address="visa://x", remedy="pull the cable")

    patched.setattr(PhotovoltaicRig, "safe", unsafe)
    patched.setattr(Opened, "close", unclosed)


def while_made_safe(patched: pytest.MonkeyPatch) -> None:
    """A step is ended, and again it is asked for while the bench is being made safe."""
    in_a_step(patched)
    safe = PhotovoltaicRig.safe

    async def slowly(rig: PhotovoltaicRig) -> None:
        now()
        threading.Event().wait(0.4)
        await safe(rig)

    patched.setattr(PhotovoltaicRig, "safe", slowly)


MOMENTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "opening": while_opening,
    "step": in_a_step,
    "C call": in_a_c_call,
    "transaction": in_a_transaction,
    "judging": while_judged,
    "report": while_reported,
    "both fail": both_fail,
    "making safe": while_made_safe,
}


def ended(runs: Path, moment: str) -> int:
    """The exit code of the command line, whose last bench is looked at."""
    with pytest.MonkeyPatch.context() as patched:
        benches = watch(patched)
        MOMENTS[moment](patched)
        code = main(["run", "1.1-03", "--runs", str(runs), "--json"])
        left = [role for role, on in energy(benches).items() if on]
    (runs / "left.json").write_text(json.dumps(left), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(ended(Path(sys.argv[1]), sys.argv[2]))
