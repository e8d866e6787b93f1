"""The parameters of the controller by process and number, with type, access and range.

Numbers, types and values: the maker's open library bronkhorst-propar 1.3.0 (parameters.py). Access
and ranges: the manuals of EL-FLOW Prestige (9.17.084, 3.9.2) and ES-FLOW (9.17.116, 9.17.145),
whose tables mark secured parameters; those of control mode, slope and counter are remembered.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.bronkhorst.messages import CHAR, INTEGER, LONG, STRING

FLOAT = 0x41
"""A long on the wire whose bytes are an IEEE number."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`access`: r, rw, w, or s for one that init reset must unlock; limits are included."""

    name: str
    kind: int
    access: str
    low: float = 0.0
    high: float = 255.0

    @property
    def wire(self) -> int:
        """Type bits in a message."""
        return LONG if self.kind == FLOAT else self.kind


MOST = 3.4e38

TABLE: dict[tuple[int, int], Parameter] = {
    (0, 0): Parameter("identification", STRING, "rw", high=9),
    (0, 1): Parameter("node", CHAR, "r"),
    (0, 2): Parameter("node", CHAR, "r"),
    (0, 3): Parameter("next_node", CHAR, "r"),
    (0, 4): Parameter("node", CHAR, "r"),
    (0, 10): Parameter("init_reset", CHAR, "rw", 64, 82),
    (0, 18): Parameter("channels", CHAR, "r"),
    (0, 20): Parameter("device_function", CHAR, "r"),
    (1, 0): Parameter("measure", INTEGER, "r"),
    (1, 1): Parameter("setpoint", INTEGER, "rw", 0, 32000),
    (1, 2): Parameter("slope", INTEGER, "rw", 0, 30000),
    (1, 3): Parameter("analog_input", INTEGER, "r"),
    (1, 4): Parameter("control_mode", CHAR, "rw", 0, 21),
    (1, 5): Parameter("polynomial_a", FLOAT, "s", -MOST, MOST),
    (1, 6): Parameter("polynomial_b", FLOAT, "s", -MOST, MOST),
    (1, 7): Parameter("polynomial_c", FLOAT, "s", -MOST, MOST),
    (1, 8): Parameter("polynomial_d", FLOAT, "s", -MOST, MOST),
    (1, 13): Parameter("capacity", FLOAT, "r"),
    (1, 14): Parameter("sensor_type", CHAR, "r"),
    (1, 15): Parameter("unit_index", CHAR, "r"),
    (1, 16): Parameter("fluid_index", CHAR, "rw", 0, 7),
    (1, 17): Parameter("fluid_name", STRING, "r"),
    (1, 20): Parameter("alarm_info", CHAR, "r"),
    (1, 31): Parameter("capacity_unit", STRING, "r"),
    (33, 0): Parameter("fmeasure", FLOAT, "r"),
    (33, 3): Parameter("fsetpoint", FLOAT, "rw", 0.0, MOST),
    (33, 7): Parameter("temperature", FLOAT, "r"),
    (33, 22): Parameter("capacity_zero", FLOAT, "r"),
    (104, 1): Parameter("counter", FLOAT, "rw", 0.0, 1e7),
    (104, 7): Parameter("counter_unit", STRING, "r"),
    (104, 8): Parameter("counter_mode", CHAR, "rw", 0, 1),
    (113, 1): Parameter("device_type", STRING, "r"),
    (113, 2): Parameter("model", STRING, "r"),
    (113, 3): Parameter("serial", STRING, "r"),
    (113, 4): Parameter("customer_model", STRING, "s", high=16),
    (113, 5): Parameter("firmware", STRING, "r"),
    (113, 6): Parameter("user_tag", STRING, "rw", high=16),
    (113, 12): Parameter("device_code", CHAR, "r"),
    (114, 1): Parameter("valve_output", LONG, "r"),
    (114, 11): Parameter("io_status", CHAR, "s", 0, 255),
    (115, 8): Parameter("reset", CHAR, "w", 0, 5),
}
"""(process, parameter): what it is."""

PROCESSES = frozenset(process for process, _ in TABLE)
