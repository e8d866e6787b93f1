"""An emulator as the rules meet it: made afresh on its device, with what a host says to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim_backends.plugs.doors import BLE, FILES, MQTT
from sim_backends.plugs.mqtt_codec import Message


@dataclass(frozen=True)
class Stand:
    """The emulator `name` behind `door` of a simulated bench.

    `make(seed)` gives a fresh one on its device at run time 0; `frames` are what a host sends, and
    `messages` where it speaks on topics.
    """

    name: str
    door: str
    make: Callable[[int], Any]
    frames: tuple[bytes, ...]
    messages: tuple[Message, ...] = ()

    @property
    def on_a_stream(self) -> bool:
        """Whether it speaks on a stream of bytes; others speak to a radio or a broker,
        or write files."""
        return self.door.removeprefix("sim:") not in (BLE, MQTT, FILES)

    @property
    def writes_files(self) -> bool:
        """Whether it takes no message, but writes files by itself."""
        return self.door.removeprefix("sim:") == FILES

    @property
    def on_topics(self) -> bool:
        """Whether it speaks to a broker."""
        return self.door.removeprefix("sim:") == MQTT

    @property
    def on_the_air(self) -> bool:
        """Whether it is a Bluetooth peripheral."""
        return self.door.removeprefix("sim:") == BLE
