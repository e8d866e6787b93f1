"""The cell at a Rodeostat: its electrodes, the ranges, and the potential that is set."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.iorodeo import _sheet as sheet
from drivers.iorodeo._talk import Talk

ELECTRODES = ("Ref", "Ctr", "Wrk")
SENSING = ("Ref", "Wrk")
CONNECTED = "connected"


class Cell:
    """Electrodes and ranges; `on` where all electrodes are connected, `range` the current range."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.on = False
        self.range = ""

    async def disconnect(self) -> None:
        """Every electrode open, each read back."""
        self.on = False
        await self._talk.set("setAllElectConnected", CONNECTED, False)
        await self.disconnected()

    async def disconnected(self) -> None:
        """`InstrumentError` where an electrode is connected."""
        await self._are(ELECTRODES, connected=False)

    async def _are(self, names: Sequence[str], *, connected: bool) -> None:
        """`InstrumentError` where one of the electrodes `names` is not as it must be."""
        for name in names:
            command = f"get{name}ElectConnected"
            if await self._talk.flag(command, CONNECTED) != connected:
                raise self._talk.wrong(
                    "an electrode is not as it was set; the instrument may have restarted",
                    command,
                    str(not connected),
                    "pull its plug" if not connected else "measure again",
                )

    async def connected(self) -> bool:
        """Whether all electrodes are connected."""
        return await self._talk.flag("getAllElectConnected", CONNECTED)

    async def hold(self, potential: float) -> None:
        """Every electrode connected at `potential` in V; they are open while ranges change."""
        await self.disconnect()
        name = sheet.range_of(sheet.VOLTS, potential)
        await self._talk.set("setVoltRange", "voltRange", name)
        await self._talk.set("setRefElectVoltRange", "voltRange", name)
        await self.set_range()
        await self.set_volt(potential)
        await self._talk.set("setAllElectConnected", CONNECTED, True)
        if not await self.connected():
            raise self._talk.wrong("the cell is not connected", "getAllElectConnected", "false")
        self.on = True

    async def change(self, potential: float) -> None:
        """A held cell at another `potential` in V; without opening it where the range holds it."""
        wanted = sheet.range_of(sheet.VOLTS, potential)
        if await self._talk.word("getVoltRange", "voltRange") == wanted:
            await self.set_volt(potential)
        else:
            await self.hold(potential)

    async def set_volt(self, potential: float) -> None:
        """Potential in V, read back to a step of its range."""
        await self._talk.number("setVolt", "v", v=potential)
        found = await self._talk.number("getVolt", "v")
        full = self.full_scale(await self._talk.word("getVoltRange", "voltRange"))
        if not abs(found - potential) <= 2.1 * full / sheet.STEPS:
            raise self._talk.wrong(f"{potential:g} V was not taken", "setVolt", f"{found:g} V")

    async def set_range(self) -> None:
        """The current range in force."""
        await self._talk.set("setCurrRange", "currRange", self.range)

    async def keep_range(self) -> None:
        """The current range in force, also after a restart."""
        if await self._talk.word("getCurrRange", "currRange") != self.range:
            await self.set_range()

    async def rest(self) -> tuple[float, float]:
        """Potential in V of the working against the reference electrode, counter electrode open,
        and the full scale in V it was read on; every electrode is open afterwards."""
        await self.disconnect()
        try:
            for name in SENSING:
                await self._talk.set(f"set{name}ElectConnected", CONNECTED, True)
            coarse, _ = await self.reference("10V")
            found = await self.reference(sheet.range_of(sheet.VOLTS, 1.1 * coarse))
            await self._are(SENSING, connected=True)
            return found
        finally:
            await self.disconnect()

    async def reference(self, name: str | None = None) -> tuple[float, float]:
        """Potential in V and the full scale in V it is read on, after a change to range `name`."""
        if name is None:
            name = await self._talk.word("getRefElectVoltRange", "voltRange")
        else:
            await self._talk.set("setRefElectVoltRange", "voltRange", name)
        full = self.full_scale(name)
        value = await self._talk.number("getRefVolt", "r")
        self.plausible(value, full, "V", "getRefVolt")
        return value, full

    async def current(self, full: float) -> float:
        """Current in A on the range `full` in A."""
        value = 1e-6 * await self._talk.number("getCurr", "i")
        self.plausible(value, full, "A", "getCurr")
        return value

    def plausible(self, value: float, full: float, unit: str, command: str) -> None:
        """`InstrumentError` where no converter of the range `full` can give `value`."""
        if not abs(value) <= 1.05 * full:
            raise self._talk.wrong(f"beyond the range of {full:g} {unit}", command, f"{value:g}")

    def full_scale(self, name: str) -> float:
        """Full scale in V of the range `name`; `InstrumentError` for an unknown one."""
        if name not in sheet.VOLTS:
            raise self._talk.wrong("an unknown range", "getVoltRange", name)
        return sheet.VOLTS[name]
