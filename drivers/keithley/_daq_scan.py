"""The relays of a DAQ6510 with 7700 multiplexers: closing, opening, scanning channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drivers.codecs import channels as lists
from drivers.codecs import scpi as answers
from drivers.generic.scpi import Scpi
from drivers.keithley._trigger_model import until_idle
from drivers.limits import refuse_outside
from labctl import clock
from labctl.errors import LimitRefused

CARD = "7700"
INPUTS = 20
"""Channels of a 7700 that measure voltage, resistance and temperature."""

FOUR_WIRE = 10
"""With 4 wires channel n is paired with channel n + 10."""

SLOTS = (1, 2)
BUFFER = '"defbuffer1"'
OPENED, CLOSED = ":ROUT:OPEN:ALL", ":ROUT:CLOS?"


@dataclass(frozen=True)
class Scanned:
    """What a scan read on a channel; `value` is None where it is beyond every range (open)."""

    channel: int
    value: float | None
    t: float
    utc: float


class Relays:
    """The relays behind `scpi`. Channels are numbered slot x 100 + input, 101 to 220."""

    def __init__(self, scpi: Scpi) -> None:
        self._scpi = scpi
        self._cards: dict[int, bool] = {}

    async def find_cards(self) -> None:
        """Ask which slots hold a 7700."""
        for slot in SLOTS:
            answer = await self._scpi.text(f":SYST:CARD{slot}:IDN?")
            self._cards[slot] = answer.split(",")[0].strip() == CARD

    def check(self, channels: Sequence[int], *, four_wire: bool, command: str) -> None:
        """`LimitRefused` for a channel that a 7700 does not have; `InstrumentError` without card.

        Nothing is sent.
        """
        for channel in channels:
            slot, number = divmod(channel, 100)
            if slot not in SLOTS:
                raise LimitRefused(
                    f"there is no channel {channel}",
                    address=self._scpi.address,
                    command=command,
                    remedy="channels are 101 to 120 and 201 to 220",
                )
            last = FOUR_WIRE if four_wire else INPUTS
            refuse_outside(
                "input of the card",
                number,
                1,
                last,
                "",
                address=self._scpi.address,
                command=command,
            )
            if not self._cards.get(slot, False):
                raise self._scpi.wrong(
                    f"slot {slot} holds no 7700 multiplexer", command, str(channel)
                )

    async def close_only(self, channel: int) -> None:
        """`channel` alone closed, read back."""
        await self._expect_rear()
        await self._scpi.set(OPENED, f":ROUT:CLOS {lists.encode([channel])}")
        await self._expect((channel,))

    async def open_all(self) -> None:
        """No channel closed, read back."""
        await self._scpi.set(OPENED)
        await self._expect(())

    async def scan(self, channels: Sequence[int], seconds: float) -> tuple[Scanned, ...]:
        """Scan `channels` once, which takes about `seconds` in s; all open afterwards."""
        await self._expect_rear()
        await self._scpi.set(
            f":TRAC:CLE {BUFFER}",
            ":ROUT:SCAN:COUN:SCAN 1",
            f":ROUT:SCAN:CRE {lists.encode(channels)}",
        )
        await self._scpi.set(":INIT")
        await clock.sleep(seconds)
        await until_idle(self._scpi, "the scan", seconds)
        stamp = clock.stamp()
        found = await self._fetch(len(channels))
        await self.open_all()
        if [channel for channel, _ in found] != list(channels):
            raise self._scpi.wrong("other channels were scanned", ":TRAC:DATA?", str(found))
        return tuple(Scanned(int(channel), value, *stamp) for channel, value in found)

    async def _fetch(self, count: int) -> list[tuple[float, float | None]]:
        """Channel and value of each reading, None for an overflow."""
        command = f":TRAC:DATA? 1,{count},{BUFFER},CHAN,READ"
        answer = await self._scpi.text(command)
        fields = answer.split(",")
        if len(fields) != 2 * count:
            raise self._scpi.wrong(f"{len(fields)} fields, {2 * count} expected", command, answer)
        try:
            return [
                (answers.number(channel), _value(value))
                for channel, value in zip(fields[::2], fields[1::2], strict=True)
            ]
        except answers.ScpiError as error:
            raise self._scpi.wrong(str(error), command, answer) from error

    async def _expect(self, wanted: tuple[int, ...]) -> None:
        answer = await self._scpi.text(CLOSED)
        try:
            found = lists.decode(answer)
        except lists.ChannelError as error:
            raise self._scpi.wrong(str(error), CLOSED, answer) from error
        if found != wanted:
            raise self._scpi.wrong(
                f"the channels closed are not {lists.encode(wanted)}", CLOSED, answer
            )

    async def _expect_rear(self) -> None:
        answer = await self._scpi.text(":ROUT:TERM?")
        if answer != "REAR":
            raise self._scpi.wrong(
                "the meter is on its front terminals, not on the cards",
                ":ROUT:TERM?",
                answer,
                "press the TERMINALS button",
            )


def _value(text: str) -> float | None:
    """A reading; None where it is beyond every range. Other texts are a `ScpiError`."""
    value = answers.number(text)
    if abs(value) == answers.NOT_MEASURED:
        raise answers.NotMeasured("nothing was measured (9.91E37)")
    return None if abs(value) >= answers.OVERFLOW else value
