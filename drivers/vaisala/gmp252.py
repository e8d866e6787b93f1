"""Vaisala GMP252 carbon dioxide probe, Modbus RTU, unit 240 as delivered (user guide M211897EN).

Registers are 0-based as on the wire; floats come with their low word first and are read whole. The
probe knows functions 03, 16 and 43/14 alone (A.1). What is written here stands in the probe's
volatile memory and is gone after a restart; only a compensation that is switched off is switched on
in its EEPROM, once. The probe is adjusted with its maker's program, not here.

The identification calls the model `GMP25x`, so a GMP252 is not told from a GMP251 where the probe
says no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import RegisterLink
from drivers.links.registers import Field, RegisterMap, Value
from drivers.links.settings import RegisterSettings
from drivers.remedies import ANOTHER, being
from labctl.errors import LimitRefused, UsageError
from labctl.evidence import Accuracy, Identity, Reading

VENDOR, PRODUCT, VERSION, SERIAL = 0, 1, 2, 128
"""Objects of the device identification (A.2.4, table 55)."""

MODELS = re.compile(r"GMP25(2|x)", re.IGNORECASE)

CRITICAL, ERROR, WARNING = "critical error", "error", "warning"
UNRELIABLE, NOT_READY = "reading not reliable", "measurement not ready"


def _float(name: str, register: int, unit: str) -> Field:
    return Field(name, register, "float32", unit, low_word_first=True)


MAP = RegisterMap(
    [
        _float("co2", 0x0000, "ppm"),
        _float("temperature", 0x0004, "degC"),
        _float("pressure", 0x0208, "hPa"),
        _float("humidity", 0x020C, "%"),
        _float("oxygen", 0x020E, "%"),
        Field("pressure_mode", 0x0304),
        Field("humidity_mode", 0x0306),
        Field("oxygen_mode", 0x0307),
        Field("device", 0x0800, "bits", bits={CRITICAL: 0, ERROR: 1, WARNING: 2}),
        Field("measurement", 0x0801, "bits", bits={UNRELIABLE: 1, NOT_READY: 8}),
    ],
    gap=0,
)
"""Tables 52 to 54; 0x0004 by other parties' drivers (the temperature that is compensated with)."""

ON = 1
STEP = 0.01
"""A compensation reads back to within this, in its register's unit."""

SHEET = (
    "GMP252 datasheet B211567EN, table of performance, at 25 degC and 1013 hPa, with repeatability "
    "and non-linearity"
)
LINES = (
    Accuracy("fraction", 3000e-6, "mol/mol", 0.0, 40e-6, SHEET),
    Accuracy("fraction", 10000e-6, "mol/mol", 0.02, 0.0, SHEET),
    Accuracy("fraction", 30000e-6, "mol/mol", 0.035, 0.0, f"{SHEET}; remembered"),
)
TEMPERATURE = Accuracy(
    "temperature", 80.0, "degC", 0.0, 1.0, "assumed: the maker states none for this temperature"
)

State = Literal["ok", "warm_up", "calibrating", "maintenance", "fault"]


class VaisalaGMP252(Instrument):
    """A probe at the end of `link`; the bench has no limits for what only reads."""

    what: ClassVar[str] = "probe"
    settings: ClassVar[RegisterSettings] = RegisterSettings(timeout=1.0, single=False)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (*LINES, TEMPERATURE)

    def __init__(self, link: RegisterLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link

    async def identify(self) -> Identity:
        """Read the device identification; `InstrumentError` for another maker or model."""
        with being("Vaisala GMP252"):
            found = await self._link.read_identification(VENDOR)
        product, maker = found.get(PRODUCT, ""), found.get(VENDOR, "")
        if "vaisala" not in maker.lower() or not MODELS.search(product):
            raise self._wrong(
                "this is no Vaisala GMP252",
                "read identification",
                f"{maker} {product}".strip(),
                ANOTHER,
            )
        own = await self._link.read_identification(SERIAL)
        self._identity = Identity("Vaisala", "GMP252", own.get(SERIAL, ""), found.get(VERSION, ""))
        return self._identity

    async def resync(self) -> None:
        """Line in a known state."""
        await self._link.resync()

    async def safe(self) -> None:
        """The probe drives nothing, so there is no state to reach; its status is read."""
        await self._status()

    async def components(self) -> tuple[str, ...]:
        """Carbon dioxide alone, as a mole fraction in mol/mol."""
        return ("CO2",)

    async def fractions(self) -> Mapping[str, Reading]:
        """Mole fraction of CO2 in mol/mol."""
        return {"CO2": await self.fraction()}

    async def gas(self) -> str:
        """Carbon dioxide."""
        return "CO2"

    async def fraction(self) -> Reading:
        """Mole fraction of CO2 in mol/mol of the gas as it is, compensated as set."""
        await self._ready()
        value = await self._number("co2") * 1e-6
        for line in LINES:
            if value <= line.range:
                return self._reading(value, line.unit, line)
        raise self._wrong(
            "the fraction is beyond the probe's range",
            "read 0",
            f"{value * 1e6:g} ppm",
            f"measure gas below {LINES[-1].range * 1e6:g} ppm",
        )

    async def temperature(self) -> Reading:
        """Temperature in degC that the probe measures to compensate with."""
        await self._ready()
        return self._reading(await self._number("temperature"), "degC", TEMPERATURE)

    async def is_wet(self) -> bool:
        """True: the probe stands in the humid gas; fractions in mol/mol are of all of it."""
        return True

    async def state(self) -> State:
        """By the status registers; a warning is `maintenance`."""
        device, measurement = await self._status()
        if {CRITICAL, ERROR} & device:
            return "fault"
        if measurement:
            return "warm_up"
        return "maintenance" if device else "ok"

    async def set_compensation(self, *, pressure: float, oxygen: float, humidity: float) -> None:
        """Pressure in Pa (70000 to 110000), oxygen in mol/mol, humidity in %; read back.

        Editions D and E of the user guide differ in the range of pressure; this one is in both.
        """
        self._check("pressure", pressure, 70e3, 110e3, "Pa", "write 0x0208")
        self._check("oxygen", oxygen, 0.0, 1.0, "mol/mol", "write 0x020E")
        self._check("humidity", humidity, 0.0, 100.0, "%", "write 0x020C")
        wanted = {"pressure": pressure / 100, "humidity": humidity, "oxygen": oxygen * 100}
        modes = await MAP.read(self._link, [f"{name}_mode" for name in wanted])
        for name, value in wanted.items():
            if modes[f"{name}_mode"] != ON:
                await self._set(f"{name}_mode", ON)
            await self._set(name, value)

    async def select_stream(self, stream: int) -> None:
        """There is one stream, number 1; `LimitRefused` for another (a plain number)."""
        if stream != 1:
            raise LimitRefused(
                f"there is no stream {stream}", address=self.address, remedy="the only one is 1"
            )

    async def zero(self) -> Mapping[str, Reading]:
        """`UsageError`: the probe is adjusted with its maker's program (in mol/mol)."""
        raise self._is_adjusted_elsewhere()

    async def span(self, component: str, fraction: float) -> Reading:
        """`UsageError`: the probe is adjusted with its maker's program (in mol/mol)."""
        raise self._is_adjusted_elsewhere()

    async def _ready(self) -> None:
        """`InstrumentError` where the probe says that its reading cannot be relied on."""
        device, measurement = await self._status()
        problems = sorted(({CRITICAL, ERROR} & device) | measurement)
        if problems:
            raise self._wrong(
                f"no reading: {', '.join(problems)}",
                "read 2048 x2",
                ", ".join(sorted(device | measurement)),
                "wait until the probe is warm; see its status in the maker's program",
            )

    async def _status(self) -> tuple[frozenset[str], frozenset[str]]:
        """What the device and the measurement say; `InstrumentError` for bits without a meaning."""
        values = await MAP.read(self._link, ["device", "measurement"])
        device, measurement = _flags(values["device"]), _flags(values["measurement"])
        unknown = sorted(name for name in device | measurement if name.startswith("bit"))
        if unknown:
            raise self._wrong("the status is none of the probe", "read 2048 x2", ", ".join(unknown))
        return device, measurement

    async def _number(self, name: str) -> float:
        value = (await MAP.read(self._link, [name]))[name]
        if not isinstance(value, int | float) or not abs(value) < 1e9:
            raise self._wrong(
                f"{name} is not available",
                f"read {MAP.fields[name].register}",
                str(value),
                "wait until the probe is warm, or see whether it is broken",
            )
        return float(value)

    async def _set(self, name: str, value: float) -> None:
        await MAP.write(self._link, name, value)
        found = await self._number(name)
        if abs(found - value) > STEP:
            raise self._wrong(
                f"{name} was not taken",
                f"read {MAP.fields[name].register}",
                f"{found:g}",
                f"expected {value:g}; check the range in the user guide of this edition",
            )

    def _is_adjusted_elsewhere(self) -> UsageError:
        return UsageError(
            "the probe is not adjusted by this driver",
            address=self.address,
            remedy="use the maker's program; then enter its certificate in the bench file",
        )


def _flags(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


DRIVER = VaisalaGMP252
