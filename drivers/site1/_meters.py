"""One window of a SITE1 controller's meters, the same over Modbus and over MQTT."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drivers.codecs.site1 import MICRO
from drivers.roles.power_dispatch import SiteReading
from drivers.site1 import _sheet as sheet
from labctl.evidence import Accuracy, Reading


def site_reading(
    told: Mapping[str, float], rated: float, reading: Callable[[float, str, Accuracy], Reading]
) -> SiteReading:
    """What is `told` by name (docs/protocols/site1.md, Meters) of a site of `rated` V*A, as
    readings in W, var, V, Hz and %."""
    active = sheet.power_line("active_power", "W", rated)
    reactive = sheet.power_line("reactive_power", "var", rated)
    return SiteReading(
        reading(told["meter_active"], "W", active),
        reading(told["meter_reactive"], "var", reactive),
        reading(told["drawn"], "W", active),
        reading(told["voltage"], "V", sheet.VOLTAGE),
        reading(told["frequency"], "Hz", sheet.FREQUENCY),
        reading(told["state_of_charge"], "%", sheet.CHARGE),
        told["meter_time"] / MICRO,
        int(told["meter_count"]),
    )
