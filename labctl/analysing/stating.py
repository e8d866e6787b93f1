"""Settings of an analysis as a user writes them: `area=1.05 cm**2 u=0.01`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from labctl.analysis import Analysis, Setting
from labctl.asking.reading import Refused, choice, number, plain, words
from labctl.errors import UsageError
from labctl.quantity import Quantity
from labctl.units import convert_difference

_U = re.compile(r"\s+u\s*=\s*")
_STATED_U = re.compile(r"([0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(.*)")


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """`NAME=VALUE` texts by name; `UsageError` where one is none or a name stands twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name or name in found:
            raise UsageError(
                f"--set {text}: no setting, or one that was stated before",
                remedy="write --set NAME=VALUE, each name once",
            )
        found[name] = value.strip()
    return found


def stated(analysis: Analysis, texts: Mapping[str, str]) -> dict[str, Quantity | str]:
    """The settings of `analysis` by name, from what was said of them and their defaults.

    `UsageError` names a setting that is unknown, missing or cannot be read, and what it takes.
    """
    known = {one.name: one for one in analysis.settings}
    for name in texts:
        if name not in known:
            raise UsageError(
                f"{analysis.name} has no setting {name!r}",
                remedy="it takes " + (", ".join(known) or "none"),
            )
    _complete(analysis, texts)
    said = {name: texts.get(name, one.default) for name, one in known.items()}
    return {name: _read(known[name], text) for name, text in said.items() if text}


def example(setting: Setting) -> str:
    """How a setting is written on the command line, in its unit."""
    if setting.unit:
        unit = "" if setting.unit == "dimensionless" else f" {setting.unit}"
        return f"{setting.name}={setting.default or f'1{unit}'}"
    return f"{setting.name}={setting.default or '|'.join(setting.options) or 'TEXT'}"


def _complete(analysis: Analysis, texts: Mapping[str, str]) -> None:
    missing = [one for one in analysis.settings if one.needed and not texts.get(one.name)]
    if missing:
        raise UsageError(
            f"{analysis.name} needs " + ", ".join(f"{one.name} ({one.text})" for one in missing),
            remedy=" ".join(f'--set "{example(one)}"' for one in missing),
        )


def _read(setting: Setting, text: str) -> Quantity | str:
    try:
        if setting.unit:
            return _quantity(setting, text)
        return choice(text, setting.options) if setting.options else words(text)
    except Refused as error:
        raise UsageError(
            f"{setting.name}={text}: {error.message}", remedy=f'--set "{example(setting)}"'
        ) from error


def _quantity(setting: Setting, text: str) -> Quantity:
    value, *u = _U.split(plain(text))
    found = number(value, setting.unit, setting.low, setting.high)
    return Quantity(found, setting.unit, _uncertainty(setting, u))


def _uncertainty(setting: Setting, texts: Sequence[str]) -> float:
    """Standard uncertainty in the setting's unit; without a unit of its own it is in that."""
    if not texts:
        return 0.0
    found = _STATED_U.fullmatch(texts[0].strip()) if len(texts) == 1 else None
    if found is None:
        raise Refused("the standard uncertainty is no number: write u=0.1")
    return abs(convert_difference(float(found[1]), found[2].strip() or setting.unit, setting.unit))
