"""The head of the Maestro, and the words in which `*STS` tells of head and settings.

Head PH100-Si: silicon, 350 nm to 1080 nm, to 30 mW without attenuator. Scales by their index as in
the user's manual, "Set Range": 0 is 1 pW, each further one 3 or 3 1/3 times more (page 64 prints 22
to 27). Limits of error are remembered: 2.5 % of head and monitor together from 400 nm to 1070 nm,
5 % outside, of which 0.25 % and 0.1 % of scale are the monitor's.
"""

from __future__ import annotations

import struct

from sim_backends.emulators.accuracy import Spec
from sim_backends.models.reference.photodiode import DiodeLimits

NAME = "PH100-Si-HA-OD1-D0"
SHORTEST, LONGEST = 350, 1080
"""Wavelengths in nm."""

LIMITS = DiodeLimits(0.02, 0.045, (400.0, 1070.0), SHORTEST, LONGEST, 50e-12)
LOWEST, HIGHEST = 5, 21
"""Indices of the scales 300 pW and 30 mW."""

SATURATION = 1.1
"""What the monitor shows at most, as a multiple of the scale; assumed."""


def scale(index: int) -> float:
    """The scale of an index in W."""
    return (3.0 if index % 2 else 1.0) * 10.0 ** (index // 2 - 12)


def printed(index: int) -> str:
    """A scale as `*DVS` prints it: `[22] : 100.0 m`, `[23] : 300 m`, `[25] : 3.00`."""
    exponent = index // 2 - 12
    prefix = exponent // 3 * 3
    digits = 2 - exponent % 3 + (index % 2 == 0)
    letter = {-12: " p", -9: " n", -6: " u", -3: " m", 0: "", 3: " k", 6: " M"}[prefix]
    return f"[{index}] : {scale(index) / 10.0**prefix:.{digits}f}{letter}"


SPECS = tuple(
    Spec(scale(index), 2.5e-3, 1e-3 * scale(index), 1e-4 * scale(index), SATURATION)
    for index in range(LOWEST, HIGHEST + 1)
)
_MODEL_BYTES = 32


def status(scale_index: int, wavelength: int, serial: str) -> list[str]:
    """Lines of `*STS`: `:0`, address and value of 16 bits in hex; `:1` ends the structure.

    Numbers have 32 bits in two lines, low half first; of two characters in a line the first is the
    low byte (PC-Gentec-EO manual, page 58). The order of the numbers is remembered; there is no
    attenuator. A real serial number has 6 digits.
    """
    numbers = (
        0, 0, 0, scale_index, HIGHEST, LOWEST, wavelength, LONGEST, SHORTEST, 0, 0, LONGEST,
        SHORTEST,
    )  # fmt: skip
    text = serial.encode("ascii") + b"\0\0"
    data = struct.pack(f"<{len(numbers)}I", *numbers)
    data += NAME.encode("ascii").ljust(_MODEL_BYTES, b"\0") + text[: len(text) // 2 * 2]
    words = struct.unpack(f"<{len(data) // 2}H", data)
    return [f":0{address:04X}{word:04X}" for address, word in enumerate(words)] + [":100000000"]
