"""Names that new pieces may have."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass

from labctl.errors import UsageError
from labctl.i18n import _
from labctl.labs import OUR_PACKAGES, OURS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = frozenset({OURS, "test", "tests", "links", "roles", "codecs", "generic", "conformance"})
_DEVICES = frozenset({
    "aux",
    "con",
    "nul",
    "prn",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
})
"""Files of these names are devices on Windows."""


def checked(name: str) -> str:
    """`name`, where it can be a module of ours; `UsageError` says what it must look like."""
    if not _NAME.fullmatch(name) or keyword.iskeyword(name) or name.endswith("_"):
        raise UsageError(
            _("{name!r} can be no name of a module").format(name=name),
            remedy=_("use small letters, digits and _, a letter first: k2400, pump_2"),
        )
    if name in _DEVICES:
        raise UsageError(
            _("{name!r} is a device on Windows, where no file may be called so").format(name=name),
            remedy=_("choose another name"),
        )
    if name in _TAKEN or name in OUR_PACKAGES:
        raise UsageError(
            _("{name!r} is a name of labctl's own").format(name=name),
            remedy=_("choose another name"),
        )
    return name


@dataclass(frozen=True)
class ModelName:
    """`vendor` and `model` of an instrument, as module names."""

    vendor: str
    model: str

    @property
    def kind(self) -> str:
        """Name of its classes: acme/k_1 gives `AcmeK1`."""
        return camel(self.vendor) + self.model.upper().replace("_", "")

    @property
    def maker(self) -> str:
        """What it may call its maker."""
        return self.vendor.upper().replace("_", " ")

    @property
    def type(self) -> str:
        """What it may call itself."""
        return self.model.upper().replace("_", "-")

    @property
    def title(self) -> str:
        """Maker and model, to be read."""
        return f"{self.vendor.replace('_', ' ').title()} {self.type}"


def model_name(text: str) -> ModelName:
    """VENDOR/MODEL; `UsageError` for anything else."""
    vendor, slash, model = text.partition("/")
    if not slash:
        raise UsageError(
            _("{text!r} names no vendor").format(text=text),
            remedy=_("write VENDOR/MODEL, such as keithley/k2400"),
        )
    return ModelName(checked(vendor), checked(model))


def camel(name: str) -> str:
    """`steady_source` as a class is called: `SteadySource`."""
    return "".join(part.capitalize() for part in name.split("_"))
