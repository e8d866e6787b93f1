"""Yokogawa's answers: with or without the header, spelled out or short.

IM WT310E-17EN, page 5-5: with HEADer on a setting is answered with the command's header; with
VERBose on headers and words are spelled out, otherwise lower-case parts and what stands in square
brackets are left out; what can only be asked for has no header.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sim_backends.emulators.scpi.settings import Getter, Setter, bit
from sim_backends.emulators.scpi.table import Table
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, short_form


def tell(table: Table, pattern: str, show: Callable[[Any], str]) -> None:
    """Add the query of a setting."""
    written = pattern
    pattern = re.sub(r"\[(\d)\]", r"\1", pattern)
    whole = pattern.replace("[", "").replace("]", "")
    short = short_form(re.sub(r"\[[^]]*\]", "", pattern))

    def query(device: Any, _: tuple[str, ...]) -> str:
        if not device.header:
            return show(device)
        return f"{whole.upper() if device.verbose else short} {show(device)}"

    table.query(written, query)


def spelled(device: Any, mnemonic: str) -> str:
    """A word of a setting as the device is set to spell it."""
    return mnemonic.upper() if device.verbose else short_form(mnemonic)


def switch(table: Table, pattern: str, get: Getter, put: Setter) -> None:
    """A switch, answered 1 or 0."""
    tell(table, pattern, lambda device: bit(get(device)))
    table.command(pattern, lambda device, arguments: put(device, boolean(arguments[0])))


def choose(table: Table, pattern: str, words: Sequence[str], get: Getter, put: Setter) -> None:
    """One of `words`."""
    tell(table, pattern, lambda device: spelled(device, get(device)))
    table.command(pattern, lambda device, arguments: put(device, choice(arguments[0], words)))


def count(table: Table, pattern: str, limits: Numeric, get: Getter, put: Setter) -> None:
    """A whole number."""
    tell(table, pattern, lambda device: str(get(device)))
    table.command(pattern, lambda device, arguments: put(device, limits.integer(arguments[0])))
