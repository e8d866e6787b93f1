"""Alarms and profiles of an F4T: what stands, and what may be done about it."""

from __future__ import annotations

from drivers.watlow import _f4t_registers as registers
from drivers.watlow._f4t_talk import F4T

MOST_PROFILES, MOST_STEPS = 40, 50
"""Profiles that the controller holds, and steps of one."""

RUNNING, PAUSED, TERMINATED = 149, 146, 253


class Alarms:
    """The `count` alarms of the controller behind `talk`."""

    def __init__(self, talk: F4T, count: int) -> None:
        self._talk = talk
        self._numbers = range(1, count + 1)

    async def standing(self) -> tuple[str, ...]:
        """Those that stand or are latched, `alarm 1 high`."""
        found: list[str] = []
        for number in self._numbers:
            state = await self._state(number)
            if state not in registers.IDLE_ALARMS:
                word = registers.ALARM_WORDS.get(state, f"state {state}")
                found.append(f"alarm {number} {word}")
        return tuple(found)

    async def clear(self) -> None:
        """None latched; `InstrumentError` where a cause stands."""
        for number in self._numbers:
            if await self._state(number) not in registers.IDLE_ALARMS:
                at = registers.FIRST_ALARM_CLEAR + (number - 1) * registers.ALARM_STEP
                await self._talk.link.write_registers(at, [registers.CLEAR])
        await self.refuse("clear the alarms")

    async def refuse(self, command: str) -> None:
        """`InstrumentError` where one stands."""
        if standing := await self.standing():
            raise self._talk.wrong(
                "an alarm stands",
                command,
                ", ".join(standing),
                "remove its cause and acknowledge it",
            )

    async def _state(self, number: int) -> int:
        at = registers.FIRST_ALARM_STATE + (number - 1) * registers.ALARM_STEP
        return (await self._talk.link.read_holding(at))[0]


class Profiles:
    """The profiles of the controller behind `talk`."""

    def __init__(self, talk: F4T) -> None:
        self._talk = talk

    async def state(self) -> str:
        """What the profile is doing; `InstrumentError` for a word that is none of these."""
        word = await self._talk.word("profile_state")
        if word not in registers.PROFILE_WORDS:
            raise self._talk.wrong("no such state of a profile", "read 16568", str(word))
        return registers.PROFILE_WORDS[word]

    async def start(self, number: int, step: int) -> None:
        """Profile `number` running from `step`; `InstrumentError` where it does not run."""
        await self._talk.put("profile", number)
        await self._talk.put("profile_step", step)
        await self._talk.command("profile_action", registers.START)
        await self._talk.until("profile_state", RUNNING, "the profile does not run")

    async def pause(self, on: bool) -> None:
        """The profile standing, or going on; `InstrumentError` where it is not."""
        if on:
            await self._talk.command("profile_pause", registers.PAUSE)
        else:
            await self._talk.command("profile_resume", registers.RESUME)
        wanted = PAUSED if on else RUNNING
        await self._talk.until("profile_state", wanted, "the profile did not take the command")

    async def end(self) -> None:
        """No profile running; `InstrumentError` where it goes on."""
        if await self.state() in registers.ACTIVE_PROFILES:
            await self._talk.command("profile_pause", registers.TERMINATE)
            await self._talk.until("profile_state", TERMINATED, "the profile does not end")

    async def refuse_active(self) -> None:
        """`InstrumentError` where one runs or is paused."""
        if (state := await self.state()) in registers.ACTIVE_PROFILES:
            raise self._talk.wrong(f"a profile is {state}", "read 16568", state, "end it first")
