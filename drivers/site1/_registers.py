"""Registers of a SITE1 site controller over Modbus (docs/protocols/site1.md, Modbus TCP)."""

from __future__ import annotations

from drivers.links.registers import Field, RegisterMap, Value, encode

SIGNATURE = 0x53495445
FUNCTIONS = {"frequency": 0, "voltage": 1, "dispatch": 2, "schedule": 3}
ALARMS = {"watchdog": 0, "dispatch": 1, "grid": 2, "unit": 3, "battery": 4, "meter": 5}
STATES = ("stopped", "running", "fallback", "fault")
CONDITIONS = ("absent", "standby", "running", "limited", "fault")
PHASES = ("idle", "charge", "rest_after_charge", "discharge", "rest_after_discharge", "done")
CYCLES = 1 << 0
"""Bit of `features`: it has programs of cycles."""

START, RESUME, STOP = 1, 2, 3
"""Values of `cycle_command`."""

MOST_ENTRIES = 28
FIRST_ENTRY, ENTRY = 652, 4
FIRST_UNIT, UNIT = 200, 8


def _words(first: int, *names: str) -> list[Field]:
    return [Field(name, first + at) for at, name in enumerate(names)]


def _floats(first: int, *named: tuple[str, str]) -> list[Field]:
    return [Field(name, first + 2 * at, "float32", unit) for at, (name, unit) in enumerate(named)]


PLATE = [
    Field("signature", 0, "uint32"),
    *_words(2, "version", "units"),
    *(Field(name, at, "string", words=8) for name, at in (("maker", 4), ("model", 12))),
    Field("serial", 20, "string", words=8),
    Field("firmware", 28, "string", words=4),
    *_floats(32, ("rated_active", "W"), ("rated_apparent", "V*A"), ("step", "W")),
    *_floats(38, ("active_most", "W")),
    Field("features", 40),
]
STATE = [
    Field("state", 100),
    Field("functions", 101, "bits", bits=FUNCTIONS),
    Field("alarms", 102, "bits", bits=ALARMS),
    *_words(103, "boot", "units_online", "command_source"),
    Field("commands", 106, "uint32"),
    Field("refusals", 108, "uint32"),
    Field("command_time", 110, "uint64"),
    Field("command_number", 114, "uint32"),
    *_floats(116, ("active_in_force", "W"), ("reactive_in_force", "var"), ("target", "W")),
    Field("time", 122, "uint64"),
]
METERS = [
    Field("meter_time", 140, "uint64"),
    Field("meter_count", 144, "uint32"),
    *_floats(146, ("meter_active", "W"), ("meter_reactive", "var"), ("drawn", "W")),
    *_floats(152, ("voltage", "V"), ("frequency", "Hz"), ("state_of_charge", "%")),
]
SETTINGS = [
    Field("run", 600),
    Field("run_functions", 601, "bits", bits=FUNCTIONS),
    *_words(602, "heartbeat", "watchdog", "acknowledge"),
    Field("number", 606, "uint32"),
    *_floats(608, ("active", "W"), ("reactive", "var")),
    *_floats(620, ("frequency_nominal", "Hz"), ("frequency_dead_band", "Hz")),
    *_floats(624, ("frequency_slope", "W/Hz"), ("voltage_nominal", "V")),
    *_floats(628, ("voltage_dead_band", "V"), ("voltage_slope", "var/V")),
    *_floats(632, ("ramp", "W/s"), ("reserve", "%")),
    Field("entries", 650),
]
PLAN = [
    Field("cycle_command", 800),
    *_floats(802, ("charge_power", "W"), ("discharge_power", "W"), ("low", "%"), ("high", "%")),
    *_floats(810, ("rest", "s")),
    Field("count", 812, "uint32"),
]
PROGRESS = [
    *_words(850, "phase", "held"),
    Field("cycles", 852, "uint32"),
    *_floats(854, ("charge_time", "s"), ("discharge_time", "s")),
]
MAP = RegisterMap((*PLATE, *STATE, *METERS, *SETTINGS, *PLAN, *PROGRESS))


def names(fields: list[Field]) -> tuple[str, ...]:
    """The names of fields, to be read together."""
    return tuple(one.name for one in fields)


def schedule_map(entries: int) -> RegisterMap:
    """`start_<k>` in s and `power_<k>` in W of that many entries, k from 0."""
    return RegisterMap(
        field
        for k in range(entries)
        for field in _floats(FIRST_ENTRY + ENTRY * k, (f"start_{k}", "s"), (f"power_{k}", "W"))
    )


def units_map(units: int) -> RegisterMap:
    """`condition_<n>`, `active_<n>` in W, `reactive_<n>` in var, `charge_<n>` in %, n from 1."""
    fields: list[Field] = []
    for n in range(1, units + 1):
        first = FIRST_UNIT + UNIT * (n - 1)
        fields.append(Field(f"condition_{n}", first))
        fields += _floats(
            first + 2, (f"active_{n}", "W"), (f"reactive_{n}", "var"), (f"charge_{n}", "%")
        )
    return RegisterMap(fields)


def block(known: RegisterMap, first: int, values: dict[str, Value]) -> list[int]:
    """Words from register `first` on that hold `values`; registers between them are 0."""
    words: dict[int, int] = {}
    for name, value in values.items():
        field = known.fields[name]
        words.update(enumerate(encode(field, value), field.register))
    return [words.get(at, 0) for at in range(first, max(words) + 1)]
