"""Who a Keithley of the touch-screen generation is, and that it speaks SCPI."""

from __future__ import annotations

from drivers.generic.scpi import Scpi
from labctl.evidence import Identity


async def identify(scpi: Scpi, model: str) -> Identity:
    """Ask who it is and clear old errors; `InstrumentError` for another model or command set."""
    found = await scpi.identity("KEITHLEY", model)
    language = await scpi.text("*LANG?")
    if language != "SCPI":
        raise scpi.wrong(
            "the command set is not SCPI",
            "*LANG?",
            language,
            "set the command set to SCPI in the instrument's menu and restart it",
        )
    await scpi.set("*CLS")
    return found
