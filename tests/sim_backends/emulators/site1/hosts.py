"""Both hosts of one emulated site controller, without sockets."""

from __future__ import annotations

import json
import struct
from typing import Any

from sim_backends.emulators.modbus_rtu import frame
from sim_backends.emulators.site1 import controller, dispatch
from sim_backends.models.reference.quiet_site import CyclingSite, QuietSite
from sim_backends.plugs.mqtt_codec import Message
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Site(Talk):
    """The operator over Modbus, and `centre`, the dispatch centre over MQTT."""

    def __init__(self, site: QuietSite | None = None, seed: int = 1) -> None:
        self.site = site or QuietSite(6, 15e3, 18e3)
        rng = stream(seed, "site")
        super().__init__(controller.EMULATOR(self.site, serial="SIM-00000021", rng=rng))
        self.centre = dispatch.EMULATOR(self.site, serial="SIM-00000021", rng=rng)
        self.heard = self.centre.send(0.0)
        self.number = 0

    def call(self, content: bytes) -> bytes:
        """Function and content of the answer."""
        self.send(frame(b"\x01" + content))
        reply = b""
        while not reply:
            reply = self.run(self.t + 0.02)
        return reply[1:-2]

    def read(self, address: int, count: int = 1) -> list[int]:
        """Registers."""
        reply = self.call(struct.pack(">BHH", 3, address, count))
        assert reply[0] == 3, reply.hex()
        return list(struct.unpack(f">{count}H", reply[2:]))

    def real(self, address: int) -> float:
        """An f32."""
        value: float = struct.unpack(">f", struct.pack(">2H", *self.read(address, 2)))[0]
        return value

    def long(self, address: int, count: int = 2) -> int:
        """A u32 or u64."""
        return int.from_bytes(struct.pack(f">{count}H", *self.read(address, count)), "big")

    def write(self, address: int, *values: int | float) -> int:
        """Write u16 from int and f32 from float; the exception code, 0 when taken."""
        words = [word for value in values for word in _words(value)]
        data = struct.pack(f">{len(words)}H", *words)
        reply = self.call(struct.pack(">BHHB", 16, address, len(words), len(data)) + data)
        return reply[1] if reply[0] & 0x80 else 0

    def command(self, active: float, reactive: float = 0.0, number: int = 7) -> int:
        """A power command; the exception code."""
        return self.write(606, 0, number, active, reactive)

    def ask(self, topic: str, **content: Any) -> dict[str, Any]:  # type: ignore[override]
        """The answer to a message of a dispatch centre."""
        self.number += 1
        given = {"client": "c", "number": self.number, **content}
        self.centre.receive(Message(f"site1/site/{topic}", json.dumps(given).encode()), self.t)
        due = self.centre.due()
        assert due is not None
        self.t = max(self.t, due)
        (told,) = self.centre.send(self.t)
        answer: dict[str, Any] = json.loads(told.payload)
        assert answer["number"] == given["number"]
        return answer

    def dispatch(self, active: float, **content: Any) -> dict[str, Any]:
        """The answer to a dispatch command."""
        return self.ask(
            "dispatch", **{"time": 0, "active": active, "reactive": 0.0, "valid": 60.0} | content
        )


def station() -> tuple[Site, CyclingSite]:
    """A site of 500 kW with programs of cycles."""
    site = CyclingSite(2, 500e3, 550e3)
    return Site(site), site


def _words(value: int | float) -> tuple[int, ...]:
    return struct.unpack(">2H", struct.pack(">f", value)) if isinstance(value, float) else (value,)
