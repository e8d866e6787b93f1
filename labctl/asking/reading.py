"""From what a person typed to a value; pure but for the file that a path names.

Full-width characters of Chinese input methods count as the plain ones. A decimal comma is refused,
since it may be meant to part thousands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

from labctl.asking.attached import attachment_of, is_picture
from labctl.asking.barcodes import Check, fits
from labctl.errors import LabError, UnitError
from labctl.evidence import Attachment
from labctl.i18n import N_
from labctl.units import convert
from labctl.words import Text, Words

MOST = 4000
"""Characters that an answer may have."""

YES = ("y", "yes", "是", "对")
NO = ("n", "no", "否", "不")

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*([^\W\d_].*|[%°].*)?")
_SIGNS = {
    **{"°C": "degC", "℃": "degC", "°F": "degF", "Ω": "ohm", "\N{MICRO SIGN}": "u", "μ": "u"},
    **{"²": "**2", "³": "**3"},
}
"""How people write units that are spelled otherwise here."""


class Refused(LabError):
    """What was typed is no answer; `why` says so to the person who typed it."""

    kind = "operator"

    def __init__(self, why: Words) -> None:
        super().__init__(why if isinstance(why, str) else why.template.format(**why.values))
        self.why = why


def words(said: str, proposed: str = "", *, optional: bool = False) -> str:
    """The words that were said; "y" stands for those `proposed`."""
    text = said.strip()
    if proposed and plain(text).casefold() in YES:
        return proposed
    if not text and not optional:
        raise Refused(N_("An answer is needed."))
    if len(text) > MOST:
        raise Refused(Text(N_("At most {most} characters are kept."), {"most": str(MOST)}))
    if not text.replace("\n", " ").replace("\t", " ").isprintable():
        raise Refused(N_("The answer has characters that cannot be printed; type it again."))
    return text


def number(said: str, unit: str, low: float | None, high: float | None) -> float:
    """The number that was said, in `unit`, from `low` to `high` in `unit`."""
    found = _NUMBER.fullmatch(plain(said))
    if found is None:
        example = f"12.5 {unit}".strip()
        raise Refused(Text(N_("Type a number, as in {example}."), {"example": example}))
    value = _in_unit(float(found[1]), _spelled(found[2] or "") or unit, unit)
    low, high = -math.inf if low is None else low, math.inf if high is None else high
    if not (math.isfinite(value) and low <= value <= high):
        given = f"{value:.10g} {unit}".strip()
        ends = {"value": given, "range": range_text(low, high, unit)}
        raise Refused(Text(N_("{value} is not in the range {range}."), ends))
    return value


def choice(said: str, options: Sequence[str]) -> str:
    """The one of `options` that was said, by its words or by its number from 1."""
    text = plain(said).casefold()
    for option in options:
        if text == plain(option).casefold():
            return option
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(options):
        return options[int(text) - 1]
    raise Refused(Text(N_("Choose one of: {options}."), {"options": ", ".join(options)}))


def barcode(said: str, check: Check = "", pattern: str = "") -> str:
    """The code that was scanned or typed."""
    code = plain(said)
    if not code:
        raise Refused(N_("An answer is needed."))
    if not (code.isascii() and code.isprintable()) or len(code) > MOST:
        raise Refused(N_("No barcode has such characters; scan it again."))
    if pattern and re.fullmatch(pattern, code) is None:
        raise Refused(N_("This is a barcode of another kind; scan the one that is asked for."))
    if not fits(code, check):
        raise Refused(N_("The check digit does not fit; scan or type it again."))
    return code


def file(said: str, *, photo: bool = False) -> Attachment | None:
    """The file at the path that was said; None where nothing was."""
    name = said.strip().strip("\"'")
    if not name:
        return None
    try:
        found = attachment_of(Path(name))
    except OSError as error:
        what = {"path": name, "why": error.strerror or str(error)}
        raise Refused(Text(N_("{path} cannot be read: {why}."), what)) from error
    if photo and not is_picture(Path(name)):
        raise Refused(Text(N_("{path} is no picture."), {"path": name}))
    return found


def yes(said: str) -> bool:
    """Whether a yes was said."""
    text = plain(said).casefold()
    if text in YES:
        return True
    if text in NO:
        return False
    raise Refused(N_("Answer y or n."))


def first_person(name: str) -> None:
    """`Refused` where nobody is named."""
    if not plain(name):
        raise Refused(N_("Say who answers."))


def second_person(first: str, second: str) -> None:
    """`Refused` unless both are named, and differently."""
    names = [plain(name).casefold() for name in (first, second)]
    if not all(names):
        raise Refused(N_("Two persons have to be named."))
    if names[0] == names[1]:
        raise Refused(N_("The second person has to be another one than the first."))


def range_text(low: float, high: float, unit: str) -> str:
    """The range from `low` to `high` in `unit` as people write it; an infinite end is open."""
    ends = [f"{end:.10g}" if math.isfinite(end) else "" for end in (low, high)]
    return f"{' … '.join(ends).strip()} {unit}".strip()


def plain(text: str) -> str:
    """`text` with full-width characters as plain ones, without blanks around it."""
    return text.translate(_WIDE).strip()


def _spelled(unit: str) -> str:
    for sign, name in _SIGNS.items():
        unit = unit.replace(sign, name)
    return unit.strip()


def _in_unit(value: float, unit: str, to: str) -> float:
    if unit == to:
        return value
    try:
        return convert(value, unit, to or "dimensionless")
    except UnitError as error:
        what = {"unit": unit, "wanted": to or "1"}
        raise Refused(Text(N_("{unit} is no unit that fits {wanted}."), what)) from error
