"""Ion source and detector of an SRS RGA: filament, multiplier, stored sensitivities."""

from __future__ import annotations

from drivers.codecs import srs_rga as codec
from drivers.srs import _errors as errors
from drivers.srs._talk import Talk
from labctl.errors import LimitRefused

TORR = 133.322368
"""Pa in a Torr."""

LEAST_EMISSION, MOST_EMISSION, EMISSION_STEP = 0.02e-3, 3.5e-3, 0.02e-3
"""Emission in A, and how close it is read back (6-35)."""

CALIBRATED = 1e-3
"""Emission in A for which a sensitivity counts: the default of FL."""

MOST_VOLTAGE = 2490.0
"""Bias of the multiplier in V (6-40)."""

HEATING = 20.0
"""Seconds within which a filament or multiplier is set."""

MILLI, KILO = 1e-3, 1e3


class Head:
    """Filament and multiplier of the head that `talk` leads to."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    async def emit(self, emission: float) -> None:
        """Filament on with `emission` in A, read back; `LimitRefused` where the head finds the
        pressure too high for it."""
        command = f"FL{emission / MILLI:.2f}"
        status = await self._talk.act("FL", command[2:], HEATING)
        if status >> errors.FILAMENT & 1:
            await self._refused(command)
        found = await self.emitted()
        if not abs(found - emission) <= 1.01 * EMISSION_STEP:
            await self.off()
            raise self._talk.wrong(
                "the emission is not what was set", command, f"{found:g} A", "look at the filament"
            )

    async def off(self) -> None:
        """Filament off, read back in A."""
        await self._talk.act("FL", "0.00", HEATING)
        found = await self.emitted()
        if found >= LEAST_EMISSION / 2:
            raise self._talk.wrong("the filament emits", "FL0.00", f"{found:g} A", "cut its supply")

    async def _refused(self, command: str) -> None:
        """Say why the filament is not emitting."""
        byte = await self._talk.ask("EF", codec.integer)
        why = errors.words("EF", byte)
        if byte >> errors.TOO_HIGH & 1:
            raise LimitRefused(
                why,
                address=self._talk.address,
                command=command,
                answer=f"EF {byte}",
                remedy="pump the chamber below 1e-4 Torr (0.013 Pa)",
            )
        if byte >> 6:
            raise self._talk.wrong(why, command, f"EF {byte}", "look at the filament")

    async def bias(self, voltage: int) -> None:
        """Bias in V, read back; a head without multiplier has it at 0."""
        if not await self._talk.ask("MO", codec.integer):
            if voltage:
                raise self._talk.wrong(
                    "the head has no multiplier", "MO?", "0", "measure with the Faraday cup"
                )
            return
        status = await self._talk.act("HV", str(voltage), HEATING)
        found = await self.voltage()
        if found != voltage:
            why = await self._talk.described(status)
            raise self._talk.wrong("the multiplier is not set", f"HV{voltage}", f"{found} V {why}")

    async def voltage(self) -> int:
        """Bias of the multiplier in V; 0 where there is none."""
        if not await self._talk.ask("MO", codec.integer):
            return 0
        return await self._talk.ask("HV", codec.integer)

    async def emitted(self) -> float:
        """Emission in A, as the head measures it."""
        return await self._talk.ask("FL", codec.number) * MILLI

    async def emitting(self, command: str) -> None:
        """`InstrumentError` where the filament is off."""
        found = await self.emitted()
        if found < LEAST_EMISSION / 2:
            raise self._talk.wrong(
                "the filament is off", command, f"{found:g} A", "switch the filament on first"
            )

    async def sensitivity(self, name: str) -> float:
        """A stored sensitivity in A/Pa; `InstrumentError` where none is stored, or where the
        emission is another than that for which it counts."""
        emission = await self.emitted()
        if emission and not abs(emission - CALIBRATED) <= 1.01 * EMISSION_STEP:
            raise self._talk.wrong(
                "the stored sensitivity counts for an emission of 1 mA",
                f"{name}?",
                f"{emission:g} A",
                "set the emission to 1e-3 A, or use the ion current",
            )
        found = await self._talk.ask(name, codec.number)
        if not found > 0:
            raise self._talk.wrong(
                "no sensitivity is stored", f"{name}?", f"{found:g}", "calibrate the head"
            )
        return found * MILLI / TORR

    async def gain(self) -> float:
        """Gain of the detector in use: 1, or the one that is stored for the multiplier."""
        if not await self.voltage():
            return 1.0
        gain = await self._talk.ask("MG", codec.number) * KILO
        if not gain > 0:
            raise self._talk.wrong("no gain is stored", "MG?", f"{gain:g}", "calibrate it")
        return gain
