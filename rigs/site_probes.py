"""What can be watched of a site: its controller and the batteries behind it."""

from __future__ import annotations

from drivers.roles.battery_management_system import BatteryManagementSystem
from drivers.roles.site_controller import SiteController
from rigs.probes import State

SITE_STATES = ("stopped", "running", "fallback", "fault")
BATTERY_STATES = ("off", "standby", "charge", "discharge", "fault")


def site_state(site: SiteController) -> State:
    """State of the controller."""

    async def state() -> str:
        return (await site.state()).state

    return State(SITE_STATES, state)


def battery_state(battery: BatteryManagementSystem) -> State:
    """What a battery does."""
    return State(BATTERY_STATES, battery.state)
