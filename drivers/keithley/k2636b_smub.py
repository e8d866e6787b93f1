"""Channel B of a Keithley 2636B source meter; `keithley.k2636b` is its channel A."""

from __future__ import annotations

from typing import ClassVar

from drivers.keithley.k2636b import Keithley2636B


class Keithley2636BChannelB(Keithley2636B):
    """`smub` of a 2636B at the end of `link`, with `limits` as `smua` has them."""

    channel: ClassVar[str] = "smub"


DRIVER = Keithley2636BChannelB
