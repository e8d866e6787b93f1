"""Golden transcripts: what stands in `golden/<vendor>/<model>.toml`, read and checked.

    ends = "\\r"                 # where the lines that are sent do not end with LF
    [sources]                    # key -> manual and page, or a third party's protocol test
    [scene.<name>]
    after = ["identify"]         # scenes that come before this one
    limits = { voltage = 1 }     # limits of the bench for this scene
    do = [{ call = "measure" }]  # what the driver is asked for; other keys are its arguments,
                                 # those that are None in `none = ["name"]`. Empty: a part of
                                 # other scenes, or for the emulator alone
    gives = { value = 0.5 }      # part of what the last call returns
    raises = "InstrumentError"   # or what it raises
    driver_only = "reason"       # an emulator cannot be brought to answer so
    exchange = [{ send = "*IDN?", answer = "...", source = "key" }]

A line that comes by itself has only `answer`. A register exchange has `read`, `answer` or `write`,
`values`, or `identification` (the first object) with `objects`, [number, text] each; a binary one
`send_hex`, `answer_hex`, or `send_text`, `answer_text` where it is text. One on topics has
`publish`, `payload`; `request`, `payload`, `reply_on`, `reply`; or `heard`, `messages` ([topic,
payload] each). `form` is the regular expression of what an emulator may answer where its own serial
number, firmware or state stand; numbers with a point may differ in any case, their format may not.
Of registers only the count must agree, but with `same = true` every word.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl.errors import BenchError

NUMBER = re.compile(r"[+-]?\d+\.\d+(?:[eE][+-]?\d+)?")

Exchange = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """One scene of a model: its own exchanges, and those of the scenes before it."""

    model: str
    name: str
    raw_before: tuple[Exchange, ...]
    raw: tuple[Exchange, ...]
    calls: tuple[dict[str, Any], ...]
    gives: Any
    raises: str
    limits: dict[str, float]
    driver_only: str
    checked: bool
    driven: bool

    def __str__(self) -> str:
        return f"{self.model}-{self.name}"

    @property
    def before(self) -> list[Exchange]:
        """The exchanges before, frame by frame."""
        return expanded(list(self.raw_before))

    @property
    def own(self) -> list[Exchange]:
        """Its own exchanges, frame by frame."""
        return expanded(list(self.raw))


@dataclass(frozen=True)
class Golden:
    """The golden files below `folder`; a model without one has no scenes."""

    folder: Path

    def models(self) -> list[str]:
        """`vendor.model` of every golden file."""
        return sorted(f"{path.parent.name}.{path.stem}" for path in self.folder.glob("*/*.toml"))

    def load(self, model: str) -> dict[str, Any]:
        """The golden file of `vendor.model` as it stands; empty where there is none.

        `BenchError` where it is no TOML.
        """
        path = self.folder / (model.replace(".", "/") + ".toml")
        try:
            return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BenchError(f"{path}: {error}", remedy="repair that line") from error

    def scenes(self, model: str) -> list[Scene]:
        """Every scene of a model, in the file's order; `BenchError` for one that lacks a part."""
        data = self.load(model)
        return [self._scene(model, data, name) for name in data.get("scene", ())]

    def _scene(self, model: str, data: dict[str, Any], name: str) -> Scene:
        try:
            return _scene(model, data, name)
        except KeyError as error:
            raise BenchError(
                f"golden file of {model}, scene {name}: {error} is missing",
                remedy="a scene has `do` and `exchange`; `after` names scenes of the same file",
            ) from error

    def exchanges(self, model: str, *names: str) -> list[Exchange]:
        """The exchanges of the named scenes of `vendor.model`, one after the other."""
        table = self.load(model)["scene"]
        return [one for name in names for one in expanded(table[name]["exchange"])]


def _scene(model: str, data: dict[str, Any], name: str) -> Scene:
    table = data["scene"][name]
    earlier = [data["scene"][other] for other in table.get("after", ())]
    return Scene(
        model,
        name,
        tuple(one for other in earlier for one in other["exchange"]),
        tuple(table["exchange"]),
        tuple(call for one in [*earlier, table] for call in one["do"]),
        table.get("gives"),
        table.get("raises", ""),
        table.get("limits", {}),
        table.get("driver_only", ""),
        data.get("checked", False),
        bool(table["do"]),
    )


def expanded(exchanges: list[Exchange]) -> list[Exchange]:
    """Text of a binary line in hexadecimal: `send_text`, and `answer_text`, a frame a line.

    With `whole = true` the answer is one frame.
    """
    found: list[Exchange] = []
    for one in exchanges:
        if "send_text" not in one:
            found.append(one)
            continue
        answer = one.get("answer_text", "")
        frames = [answer] if one.get("whole") else answer.splitlines(keepends=True)
        rest = {key: value for key, value in one.items() if key == "after"}
        first = {"answer_hex": _hexed(frames[0])} if frames else {}
        found.append({"send_hex": _hexed(one["send_text"]), **first, **rest})
        found += [{"send_hex": "", "answer_hex": _hexed(frame)} for frame in frames[1:]]
    return found


def _hexed(text: str) -> str:
    return text.encode("ascii").hex(" ")


def form_of(exchange: Exchange) -> re.Pattern[str]:
    """What an emulator may answer: the same text, numbers with a point in the same format."""
    if "form" in exchange:
        return re.compile(exchange["form"])
    pieces, end = [], 0
    text = exchange["answer"]
    for number in NUMBER.finditer(text):
        pieces += [re.escape(text[end : number.start()]), _number_form(number.group())]
        end = number.end()
    return re.compile("".join([*pieces, re.escape(text[end:])]))


def _number_form(number: str) -> str:
    found = re.fullmatch(r"([^eE]*)(?:([eE])(.*))?", number)
    assert found is not None, "every text fits this pattern"
    mantissa, mark, exponent = found.groups()
    decimals = len(mantissa.partition(".")[2])
    power = rf"{mark}[+-]?\d{{{len(exponent.lstrip('+-'))}}}" if mark else ""
    return rf"[+-]?\d+\.\d{{{decimals}}}{power}"
