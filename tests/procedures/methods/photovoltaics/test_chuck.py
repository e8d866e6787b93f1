"""A chuck that left its temperature is set anew."""

from __future__ import annotations

from labctl import clock
from procedures.methods.photovoltaics.chuck import held_at
from tests.procedures.fake_rig import rig


def test_only_a_chuck_outside_its_band_is_set_anew() -> None:
    found, world = rig()

    async def after(celsius: float) -> float:
        await found.chuck.set_temperature(celsius)
        await clock.sleep(3600.0)
        await held_at(found, 25.0, await found.chuck.temperature())
        return world.chuck

    assert abs(clock.run(after(25.4), virtual=True) - 25.4) < 1e-3
    assert abs(clock.run(after(40.0), virtual=True) - 25.0) < 0.5
