"""One instrument is tried until it is safe, whatever its driver and its line do meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from drivers.links.doors import Doors
from drivers.links.settings import LinkSettings, MessageSettings
from labctl import clock
from labctl.errors import Defect, InstrumentError, LinkError, UsageError
from labctl.rescuing import BY_HAND, RoleRescue
from rigs import rescue_role
from rigs.rescue_order import Order
from rigs.rescue_role import LEAVE, TRY, Attempts, Part

ADDRESS = "tcp://192.0.2.1:1"
SILENT = LinkError("no answer", remedy="check the cable")


@dataclass
class Line:
    """A line whose closing may hang."""

    hangs: bool = False
    closed: int = 0

    async def close(self) -> None:
        """Give it back."""
        if self.hangs:
            await asyncio.Event().wait()
        self.closed += 1


@dataclass
class Script:
    """What an instrument does: each try takes the next of `safes`, None is success."""

    safes: list[Exception | None] = field(default_factory=lambda: [None])
    resyncs: list[Exception | None] = field(default_factory=list[Exception | None])
    identified: bool = False
    needs_identity: bool = False
    hangs: bool = False
    line: Line = field(default_factory=Line)
    said: list[str] = field(default_factory=list[str])


class Driver:
    """A driver that follows its script."""

    def __init__(self, script: Script) -> None:
        self.script = script

    async def identify(self) -> None:
        """It knows who it is from now on."""
        self.script.identified = True

    async def resync(self) -> None:
        """As the script says."""
        self.script.said.append("resync")
        _raise(self.script.resyncs)

    async def safe(self) -> None:
        """As the script says."""
        self.script.said.append("safe")
        if self.script.needs_identity and not self.script.identified:
            raise Defect("the instrument was not identified")
        if self.script.hangs:
            await asyncio.Event().wait()
        await clock.sleep(0.1)
        _raise(self.script.safes)


class Kind:
    """The driver's class, as a part names it."""

    def __init__(self, script: Script) -> None:
        self.settings: LinkSettings = MessageSettings()
        self.limit_units: Mapping[str, str] = {}
        self.script = script

    def __call__(self, link: Any, limits: Any) -> Any:
        """A driver at the end of `link`."""
        return Driver(self.script)


def _raise(results: list[Exception | None]) -> None:
    error = results.pop(0) if results else None
    if error is not None:
        raise error


def tried(
    monkeypatch: pytest.MonkeyPatch,
    script: Script,
    deadline: float = 30.0,
    opens: Callable[[], None] = lambda: None,
) -> RoleRescue:
    """What becomes of the instrument of `script`, in virtual time."""

    async def open_link(*_: Any) -> Line:
        opens()
        return script.line

    monkeypatch.setattr(rescue_role, "open_link", open_link)

    async def main() -> RoleRescue:
        order = Order(["one"], 0.15)
        keeping = asyncio.create_task(order.keep())
        part = Part("one", ADDRESS, Kind(script), {}, Doors())
        try:
            return await Attempts(part, order, deadline).run()
        finally:
            keeping.cancel()

    return clock.run(main(), virtual=True)


def test_one_that_answers_is_safe_at_the_first_try(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script()
    found = tried(monkeypatch, script)
    assert (found.state, found.tries, found.error) == ("safe", 1, None)
    assert found.seconds == pytest.approx(0.1)
    assert script.said == ["resync", "safe"] and script.line.closed == 1


def test_a_line_that_cannot_be_put_in_order_is_told_to_be_safe_nevertheless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = Script(resyncs=[SILENT])
    assert tried(monkeypatch, script).state == "safe"
    assert script.said == ["resync", "safe"]


def test_a_silent_one_is_tried_until_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(safes=[SILENT] * 1000)
    found = tried(monkeypatch, script, 5.0)
    assert found.state == "unreached" and found.error is not None
    assert found.error["remedy"] == f"{BY_HAND}; check the cable"
    assert 4.0 < found.seconds <= 5.0 and found.tries > 5
    assert script.line.closed == found.tries


def test_one_that_answers_at_last_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(safes=[SILENT, InstrumentError("the output is not off"), None])
    found = tried(monkeypatch, script)
    assert (found.state, found.tries) == ("safe", 3)


def test_one_that_stays_on_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(safes=[InstrumentError("the output is not off")] * 100)
    assert tried(monkeypatch, script, 2.0).state == "failed"


def test_a_driver_that_needs_it_identifies_first(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(needs_identity=True)
    found = tried(monkeypatch, script)
    assert (found.state, found.tries) == ("safe", 1) and script.said[-2:] == ["safe", "safe"]


def test_a_port_that_is_held_is_opened_when_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [LinkError("busy")] * 4

    def opens() -> None:
        _raise(held)  # type: ignore[arg-type]

    found = tried(monkeypatch, Script(), opens=opens)
    assert (found.state, found.tries) == ("safe", 5) and found.seconds < 2.0


def test_what_the_bench_file_says_wrongly_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def opens() -> None:
        raise UsageError("no such option")

    found = tried(monkeypatch, Script(), opens=opens)
    assert (found.state, found.tries) == ("failed", 1)


def test_a_driver_that_breaks_is_told_as_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tried(monkeypatch, Script(safes=[ZeroDivisionError("x")] * 100), 1.0)
    assert found.state == "failed" and found.error is not None
    assert found.error["kind"] == "defect" and "ZeroDivisionError" in found.error["message"]


def test_a_call_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tried(monkeypatch, Script(hangs=True))
    assert found.state == "unreached" and found.error is not None
    assert found.error["message"].startswith("no end within")
    assert 2 * TRY < found.seconds <= 30.0 and found.tries == 3


def test_a_line_that_cannot_be_given_back_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(line=Line(hangs=True))
    found = tried(monkeypatch, script)
    assert found.state == "safe" and found.seconds < LEAVE
