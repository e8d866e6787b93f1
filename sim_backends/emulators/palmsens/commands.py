"""The script commands that the emulator knows: their arguments and their scopes.

Kinds of argument: `new` a name that is declared, `out` a variable that is written, `in` a variable
or literal that is read, `type` a variable type (two letters), `text` a string, `op` a comparison.
MethodSCRIPT manual, chapters "Script commands" and "Measurement loop commands".
"""

from __future__ import annotations

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_CONDITION = ("in", "op", "in")

COMMANDS: dict[str, tuple[str, ...]] = {
    "var": ("new",), "store_var": ("out", "in", "type"), "copy_var": ("in", "out"),
    "add_var": ("out", "in"), "sub_var": ("out", "in"), "mul_var": ("out", "in"),
    "div_var": ("out", "in"), "alter_vartype": ("out", "type"),
    "float_to_int": ("out",), "int_to_float": ("out",),
    "array": ("new", "in"), "array_set": ("array", "in", "in"),
    "array_get": ("array", "in", "out"),
    "set_e": ("in",), "set_int": ("in",), "await_int": (), "wait": ("in",),
    "cell_on": (), "cell_off": (), "set_pgstat_chan": ("in",), "set_pgstat_mode": ("in",),
    "set_max_bandwidth": ("in",), "set_range": ("type", "in"), "set_cr": ("in",),
    "set_autoranging": ("type", "in", "in"), "set_range_minmax": ("type", "in", "in"),
    "set_pot_range": ("in", "in"), "set_i": ("in",),
    "set_gpio": ("in",), "set_gpio_cfg": ("in", "in"), "set_gpio_msk": ("in", "in"),
    "timer_start": (), "timer_get": ("out",), "meas": ("in", "out", "type"),
    "pck_start": (), "pck_add": ("in",), "pck_end": (), "send_string": ("text",),
    "file_open": ("text", "in"), "file_close": (), "set_script_output": ("in",),
    "loop": _CONDITION, "endloop": (), "breakloop": (), "if": _CONDITION, "elseif": _CONDITION,
    "else": (), "endif": (), "on_finished:": (), "abort": (),
    "meas_loop_lsv": ("out", "out", "in", "in", "in", "in"),
    "meas_loop_dpv": ("out", "out", "in", "in", "in", "in", "in", "in"),
    "meas_loop_swv": ("out", "out", "out", "out", "in", "in", "in", "in", "in"),
    "meas_loop_cv": ("out", "out", "in", "in", "in", "in", "in"),
    "meas_loop_ca": ("out", "out", "in", "in", "in"),
    "meas_loop_cp": ("out", "out", "in", "in", "in"),
    "meas_loop_eis": ("out", "out", "out", "in", "in", "in", "in", "in"),
    "meas_loop_ocp": ("out", "in", "in"),
}  # fmt: skip

TECHNIQUES = {
    "meas_loop_lsv": 0x0000, "meas_loop_dpv": 0x0001, "meas_loop_swv": 0x0002,
    "meas_loop_cv": 0x0005, "meas_loop_ca": 0x0007, "meas_loop_cp": 0x000A,
    "meas_loop_ocp": 0x000B, "meas_loop_eis": 0x000D,
}  # fmt: skip
"""Technique number after `M` in the output."""

OPTIONS = {"meas_loop_cv": ("nscans",)}
"""Optional arguments, written `name(value)`."""

VAR_TYPES = frozenset(
    [f"a{letter}" for letter in "abcdefghistuvwxyz"]
    + ["ba", "bb"]
    + [f"c{letter}" for letter in "abcdefghijk"]
    + [f"d{letter}" for letter in "abcd"]
    + [f"e{letter}" for letter in "abcdefg"]
    + [f"{family}{letter}" for family in "hij" for letter in "abcd"]
)
