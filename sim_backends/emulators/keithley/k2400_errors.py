"""Errors of the 2400's own list: user's manual 2400S-900-01, pages B-6 and B-7."""

from __future__ import annotations

from sim_backends.emulators.scpi.errors import DeviceError

_TEXTS = {
    803: "Not permitted with OUTPUT off",
    822: "Too small for sense range",
    824: "Cannot exceed compliance range",
    826: "Attempt to exceed power limit",
}


def own_error(code: int) -> DeviceError:
    """The error with this number."""
    return DeviceError(code, _TEXTS[code])
