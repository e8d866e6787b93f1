"""Dispatch of a site over MQTT, SITE1 (docs/protocols/site1.md, MQTT): the dispatch centre's end.

The protocol is ours. A command is taken only while the site runs with its function `dispatch`,
which its operator switches on over Modbus (`site1.controller`). Options of the bench: `site`, its
name (`site`); `client`, the name under which answers come (`labctl`) and which no other program on
the broker may have; `valid`, the seconds after which a command runs out (60).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

import msgspec

from drivers.codecs import site1
from drivers.codecs.site1 import MICRO, Telemetry
from drivers.generic.json_topics import names
from drivers.instrument import Instrument
from drivers.limits import BenchLimits, refuse_beyond
from drivers.links.link import TopicLink
from drivers.links.settings import TopicSettings
from drivers.options import Configured, Options, finite
from drivers.remedies import ANOTHER
from drivers.roles.power_dispatch import ControllerTime, PowerCommand, SiteReading
from drivers.site1 import _sheet as sheet
from drivers.site1._meters import site_reading
from drivers.site1._topics import SiteTopics
from labctl import clock
from labctl.evidence import Accuracy, Identity

ROUNDING = 1e-9
"""Relative, of a set point that is told back."""


class Site1Dispatch(Instrument):
    """A dispatch centre's end of the site behind the broker at `link`.

    `limits` by the bench: `active_power` in W and `reactive_power` in V*A (var) in both directions.
    """

    what: ClassVar[str] = "dispatched site"
    settings: ClassVar[TopicSettings] = TopicSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {"active_power": "W", "reactive_power": "V*A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(
        self,
        link: TopicLink,
        limits: BenchLimits | None = None,
        *,
        site: str = "site",
        client: str = "labctl",
        valid: float = 60.0,
    ) -> None:
        super().__init__(link, limits)
        self._talk = SiteTopics(link, site, client)
        self._valid = valid

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with the options of the bench file; ValueError for a wrong one."""
        found = Options(options, ("site", "client", "valid"))
        site, client = names(found, "site")
        valid = finite(options.get("valid", 60.0), "valid")
        if not site1.SHORTEST <= valid <= site1.LONGEST:
            raise ValueError(f"valid is {valid:g} s, expected {site1.SHORTEST}..{site1.LONGEST} s")
        make = partial(cls, site=site, client=client, valid=valid)
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another model, or where it is gone."""
        state = await self._talk.state()
        if state.model != site1.MODEL:
            told = f"{state.maker} {state.model}"
            raise self._wrong("this is no SITE1 controller", self._talk.base, told, ANOTHER)
        self._identity = Identity(state.maker, state.model, state.serial, state.firmware)
        return self._identity

    async def resync(self) -> None:
        """Line in a known state; whether the controller is there is asked again."""
        await self._talk.link.resync()
        await self._talk.state()

    async def safe(self) -> None:
        """Dispatched power 0 W and 0 var where the site follows dispatch, told back by it."""
        told = await self._talk.read()
        if told.state == "running" and "dispatch" in told.functions:
            command = await self._send(0.0, 0.0)
            if command.active or command.reactive:
                found = f"{command.active:g} W, {command.reactive:g} var"
                raise self._wrong("the site was not taken to 0 W", "dispatch 0", found)

    async def set_power(self, active: float, reactive: float = 0.0) -> PowerCommand:
        """Set points in W and var of all units for `valid` s; taken when, by the site's clock."""
        self._refuse_beyond(active, reactive)
        told = await self._talk.read()
        most, rated = told.active_most, told.rated_apparent
        self._check("active power", active, -most, most, "W", "dispatch")
        self._check("reactive power", reactive, -rated, rated, "var", "dispatch")
        command = await self._send(active, reactive)
        for name, asked, found in (
            ("active power", active, command.active),
            ("reactive power", reactive, command.reactive),
        ):
            if abs(found - asked) > told.step + ROUNDING * abs(asked):
                raise self._wrong(f"the {name} was not taken", f"{asked:g}", f"{found:g}")
        return command

    async def measure(self) -> SiteReading:
        """The last whole window of the controller's meters: W, var, V, Hz and %."""
        told = msgspec.structs.asdict(await self._talk.read())
        return site_reading(told, told["rated_apparent"], self._reading)

    async def controller_time(self) -> ControllerTime:
        """What the controller's clock says now, in Unix s."""
        sent = clock.stamp()[1]
        told: Telemetry = await self._talk.read()
        return ControllerTime(told.time / MICRO, sent, clock.stamp()[1])

    async def _send(self, active: float, reactive: float) -> PowerCommand:
        sent = clock.stamp()[1]
        ack = await self._talk.dispatch(active, reactive, self._valid)
        taken = ControllerTime(ack.time / MICRO, sent, clock.stamp()[1])
        return PowerCommand(ack.number, ack.count, ack.active, ack.reactive, taken)

    def _refuse_beyond(self, active: float, reactive: float) -> None:
        for name, value, unit in (
            ("active_power", active, "W"),
            ("reactive_power", reactive, "var"),
        ):
            refuse_beyond(self._limits, name, value, unit, address=self.address, command="dispatch")


DRIVER = Site1Dispatch
