"""Taking values out of a bench file: every problem names file, line, key and what is expected."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec

from drivers.toml_lines import line_of
from labctl.errors import BenchError
from rigs.bench_entries import QuantityEntry

T = TypeVar("T")

SECRETS = re.compile(r"passw|secret|token|api_?key|credential", re.IGNORECASE)
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_PLACE = re.compile(r" - at `\$([^`]*)`$")


class BenchFile:
    """The text of one bench file at `path`, with `data` as TOML gives it."""

    def __init__(self, path: Path, text: str, data: Mapping[str, Any]) -> None:
        self.path = path
        self.text = text
        self.data = data

    def wrong(self, key: tuple[str, ...], what: str, remedy: str = "") -> NoReturn:
        """Raise the `BenchError` that names file, line and `key`."""
        line = line_of(self.text, key)
        where = f"{self.path}:{line}" if line else str(self.path)
        raise BenchError(f"{where}: {'.'.join(key)}: {what}", remedy=remedy)

    def convert(self, key: tuple[str, ...], value: Any, kind: type[T]) -> T:
        """`value` of `key` as a `kind`; `BenchError` says which part is not as expected."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            message = str(error)
            place = _PLACE.search(message)
            inner = tuple(re.findall(r"[A-Za-z_]\w*", place.group(1))) if place else ()
            what = _PLACE.sub("", message)
            unknown = _UNKNOWN.search(what)
            if unknown is None:
                self.wrong(key + inner, what)
            name = unknown.group(1)
            self.wrong((*key, *inner, name), "unknown key", _nearest(name, _fields(kind)))

    def check_quantity(self, key: tuple[str, ...], entry: QuantityEntry) -> None:
        """`BenchError` where the entry at `key` is no finite number with a known unit."""
        from labctl.units import known

        if not math.isfinite(entry.value):
            self.wrong(key, f"value is {entry.value}, expected a finite number")
        if not (math.isfinite(entry.u) and entry.u >= 0):
            self.wrong(key, f"standard uncertainty is {entry.u}, expected a number not below 0")
        if not known(entry.unit):
            self.wrong(key, f"unknown unit {entry.unit!r}")

    def refuse_secrets(self) -> None:
        """`BenchError` for a secret in plain text: it belongs in the environment or a keyring."""
        for key, value in _leaves(self.data, ()):
            if isinstance(value, str) and (
                SECRETS.search(key[-1]) or re.search(r"://[^/@]*:[^/@]*@", value)
            ):
                self.wrong(
                    key,
                    "a bench file holds no secret",
                    'write {env = "NAME"} or {keyring = "NAME"} and keep the secret there',
                )


def _leaves(value: Any, key: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in ("env", "keyring"):
                yield from _leaves(inner, (*key, str(name)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*key, str(index)))
    else:
        yield key, value


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(kind))


def _nearest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return "known keys: " + ", ".join(names)
