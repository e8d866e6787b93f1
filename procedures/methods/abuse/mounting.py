"""What people do before an abuse test: sample mounted, supply put on, room left and locked."""

from __future__ import annotations

from labctl.asking.prompts import ChoicePrompt, ConfirmPrompt, TextPrompt
from labctl.errors import InterlockError
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Words

PLACES = ("on the string", "on the heating plate", "off")
"""Where the supply's leads are."""

MOUNTED = TextPrompt(
    "mounted",
    N_(
        "Put the charged sample on its bed, thermocouples on its cells, voltage leads on its "
        "terminals; aim the camera at sample and lamp"
    ),
    proposed="done",
    simulated="done",
)


def leads(place: str) -> ChoicePrompt:
    """Asks for the supply's leads at one of `PLACES`."""
    return ChoicePrompt(
        f"leads-{PLACES.index(place)}",
        N_("Put the leads of the supply where the working instruction of this test says"),
        options=PLACES,
        simulated=place,
    )


async def behind_the_door(run: Run, scope: str) -> None:
    """Two people say that the room is empty and its door locked; `InterlockError` where not."""
    door = ConfirmPrompt(
        f"{scope}/door",
        N_("Nobody is in the test room, its extraction runs, its door is closed and locked"),
        simulated="yes",
    )
    if not await run.ask(door):
        raise InterlockError(
            "the door of the test room is not locked",
            remedy="clear the room, lock its door, and begin the test anew",
        )


def not_charged(voltage: float, full: float, cells: int) -> tuple[Words, ...]:
    """Why `voltage` in V is not that of `cells` full ones of `full` V each; empty where it is."""
    if voltage >= cells * (full - SHORT_OF_FULL):
        return ()
    return (N_("the sample was not fully charged: its voltage at rest was too low"),)


SHORT_OF_FULL = 0.02
"""V that a full cell may lose on its way from the charger: some two per cent of its charge."""

FULL = "full_voltage"
"""Property of the sheet: voltage in V of a cell at rest after a full charge."""

THICKNESS = "thickness"
"""Property of the sheet: thickness in m that the nail must go through."""

CAPACITY = "rated_capacity"
"""Property of the sheet, in A h."""
