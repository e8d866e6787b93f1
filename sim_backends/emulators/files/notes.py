"""What a laboratory lays beside the files, as `labctl-import.toml` (docs/imported-files.md): what
the instrument's format has no place for. Written by whoever sets up the station, not by it."""

from __future__ import annotations

from collections.abc import Mapping


def toml(values: Mapping[str, str | int | float], *tables: str) -> str:
    """`key = value` lines, then the tables."""
    lines = [f"{key} = {_value(value)}" for key, value in values.items()]
    return "\n".join([*lines, *tables, ""])


def instrument(
    maker: str, model: str, serial: str, *tables: str, **values: str | int | float
) -> str:
    """The notes of a format that names no instrument; `values` stand before, `tables` after."""
    table = f'[instrument]\nmaker = "{maker}"\nmodel = "{model}"\nserial = "{serial}"'
    return toml(values, table, *tables)


def columns(names: Mapping[str, tuple[str, str]]) -> str:
    """The table of columns: what it is, its name and its unit in the file."""
    rows = [f'{key} = {{ name = "{n}", unit = "{unit}" }}' for key, (n, unit) in names.items()]
    return "\n".join(["[columns]", *rows])


def _value(value: str | int | float) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
