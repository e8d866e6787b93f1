"""Identifiers of papers, standards and software copyrights: their forms, and one spelling each."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Body = Literal["international", "national", "industry", "other", ""]

_DOI_FRONT = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_COPYRIGHT = re.compile(r"(?:19|20)\d{2}SR\d{6,7}", re.ASCII)

_YEAR = r"(?:19|20)\d{2}"
_STAGE = r"(?:/(?:NP|WD|CD|DIS|FDIS|CDV|PWI|TS|TR|PAS|AWI|PRF))?"
_FORMS: tuple[tuple[str, Body], ...] = (
    (rf"(?:ISO/IEC|ISO|IEC){_STAGE} ?(?:TS |TR )?\d+(?:-\d+)*(?::{_YEAR})?", "international"),
    (rf"ITU-[TR] [A-Z]+\.\d+(?:\.\d+)*(?: ?\({_YEAR}\))?", "international"),
    (rf"GB(?:/[TZ])? ?\d+(?:\.\d+)?-{_YEAR}", "national"),
    (rf"{_YEAR}\d{{4}}-[TZQ]-\d{{3}}", "national"),
    (rf"DB\d{{2,4}}(?:/T)? ?\d+(?:\.\d+)?-{_YEAR}", "other"),
    (rf"T/[A-Z]{{2,10}} ?\d+(?:\.\d+)?-{_YEAR}", "other"),
    (rf"Q/[A-Z0-9]{{2,12}} ?[A-Z0-9.]+-{_YEAR}", "other"),
    (rf"(?:IEEE|EN)(?: STD)? P?\d+(?:[.-]\d+)*[:-]{_YEAR}", "other"),
    (rf"(?!GB|DB)[A-Z]{{2}}(?:/T)? ?\d+(?:\.\d+)?-{_YEAR}", "industry"),
)
_STANDARDS: tuple[tuple[re.Pattern[str], Body], ...] = tuple(
    (re.compile(form, re.ASCII), body) for form, body in _FORMS
)


def normal_doi(text: str) -> str:
    """The DOI in `text` in lower case without resolver, or "" where it is none."""
    plain = _DOI_FRONT.sub("", text.strip())
    return plain.lower() if _DOI.fullmatch(plain) else ""


def normal_standard(text: str) -> tuple[str, Body]:
    """A standard's number in one spelling and the sort of body that issues it; "" if it is none."""
    plain = re.sub(r"\s+", " ", text.strip().upper()).replace("—", "-").replace("–", "-")
    for form, body in _STANDARDS:
        if form.fullmatch(plain):
            return plain.replace(" ", ""), body
    return plain, ""


def normal_copyright(text: str) -> str:
    """A Chinese software copyright registration (`2023SR0123456`), or "" where it is none."""
    plain = re.sub(r"\s", "", text.upper())
    return plain if _COPYRIGHT.fullmatch(plain) else ""


def normal_name(text: str) -> str:
    """Letters and digits of a title or a name, case folded: two that differ otherwise are one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())
