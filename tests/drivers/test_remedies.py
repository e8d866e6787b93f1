"""A Modbus device of another model is told as one, whichever exception it answers with."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from drivers.apc.smart_ups import ApcSmartUps
from drivers.eurotherm.e3216 import Eurotherm3216
from drivers.links.link import RegisterLink
from drivers.sunspec.device import SunSpecDevice
from drivers.sunspec.storage import SunSpecStorage
from drivers.vaisala.gmp252 import VaisalaGMP252
from drivers.watlow.f4t import WatlowF4T
from labctl.errors import InstrumentError
from tests.drivers.scripted import run


class Refusing:
    """A `RegisterLink` on which every request is answered with exception `code`."""

    address = "modbus+tcp://test"

    def __init__(self, code: int) -> None:
        self.code = code

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        raise self._refusal(f"read holding {register} x{count}")

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        raise self._refusal(f"read input {register} x{count}")

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        raise self._refusal(f"write {register}")

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        raise self._refusal(f"read identification from {first}")

    async def resync(self) -> None:
        """Always in a known state."""

    async def close(self) -> None:
        """Nothing to close."""

    def _refusal(self, command: str) -> InstrumentError:
        return InstrumentError(
            f"Modbus exception {self.code:02d}",
            address=self.address,
            command=command,
            answer=f"exception {self.code}",
            remedy="as the link says",
        )


def identify(model: str, code: int) -> InstrumentError:
    link: RegisterLink = Refusing(code)
    driver = {
        "Smart-UPS": ApcSmartUps,
        "Eurotherm 3216": Eurotherm3216,
        "SunSpec device": SunSpecDevice,
        "SunSpec": SunSpecStorage,
        "Vaisala GMP252": VaisalaGMP252,
        "Watlow F4T": WatlowF4T,
    }[model](link)
    with pytest.raises(InstrumentError) as caught:
        run(driver.identify)
    return caught.value


@pytest.mark.parametrize("code", [1, 2, 3])
@pytest.mark.parametrize(
    "model",
    ["Smart-UPS", "Eurotherm 3216", "SunSpec device", "SunSpec", "Vaisala GMP252", "Watlow F4T"],
)
def test_what_is_not_there_means_another_model(model: str, code: int) -> None:
    error = identify(model, code)
    assert f"this is no {model}" in error.message and f"exception {code:02d}" in str(error)
    assert "driver in the bench file" in error.remedy


@pytest.mark.parametrize("model", ["Smart-UPS", "Eurotherm 3216", "Vaisala GMP252", "Watlow F4T"])
def test_a_failure_of_the_device_or_the_gateway_stays_what_it_is(model: str) -> None:
    assert identify(model, 11).remedy == "as the link says"
