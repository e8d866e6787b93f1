"""Patent numbers: their forms and check digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAPS = re.compile(r"[\s,.\-]", re.ASCII)
_CN_NUMBER = re.compile(r"(?:CN|ZL)?(\d{12}|\d{8})([\dX])", re.ASCII)
_CN_PUBLICATION = re.compile(r"CN(\d{7,9})([ABCUYS])\d?", re.ASCII)
_PCT = re.compile(r"PCT/([A-Z]{2})(\d{4})/(\d{6})|PCT/([A-Z]{2})(\d{2})/(\d{5})", re.ASCII)
_WO = re.compile(r"WO(\d{4})/?(\d{6})(A\d)?", re.ASCII)
_US_APPLICATION = re.compile(r"US(\d{2})/(\d{6})", re.ASCII)
_US_PUBLICATION = re.compile(r"US(\d{4})/?(\d{7})(A\d)?", re.ASCII)
_US_PATENT = re.compile(r"US(\d{7,8})(B\d)?", re.ASCII)
_EP_APPLICATION = re.compile(r"EP(\d{8})\.(\d)", re.ASCII)
_EP_PUBLICATION = re.compile(r"EP(\d{7})([AB]\d)?", re.ASCII)

_FILED = re.compile(r"(?:CN(\d{4})\d{8}\.|PCT/[A-Z]{2}(\d{4})/)", re.ASCII)

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CHECK_DIGITS = "0123456789X"
_TODAY = len(_WEIGHTS)
"""Digits of a Chinese application number of today; eight before 2003-10-01."""

_INVENTION_TYPES = {"1", "8"}

FIRST_YEAR = 2003
"""First year of filing in a Chinese application number of twelve digits."""


@dataclass(frozen=True)
class PatentNumber:
    """A patent number in one spelling; `fault` says what is wrong with it, "" if nothing."""

    normal: str
    fault: str = ""
    invention: bool = True


def chinese_check_digit(digits: str) -> str:
    """Check digit of a Chinese application number of 8 or 12 digits: sum of products mod 11.

    Source: ZC 0006-2003, Standard for patent application numbers.
    """
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % len(_CHECK_DIGITS)]


def european_check_digit(digits: str) -> str:
    """Check digit of a European application number of 8 digits (cross sums of weights 1, 2)."""
    products = (int(d) * (1 + place % 2) for place, d in enumerate(digits))
    return str(-sum(p // 10 + p % 10 for p in products) % 10)


def parse(text: str) -> PatentNumber:
    """The patent number in `text`, of any of the forms in docs/dossier.md."""
    written = text.upper().strip()
    plain = _GAPS.sub("", written)
    if written.startswith("EP"):
        return _european(re.sub(r"[\s,]", "", written))
    for form in (_PCT, _WO, _US_APPLICATION, _US_PUBLICATION, _US_PATENT):
        if form.fullmatch(plain):
            return PatentNumber(re.sub(r"(?<=\d)[AB]\d$", "", plain))
    publication = _CN_PUBLICATION.fullmatch(plain)
    if publication:
        return PatentNumber(f"CN{publication[1]}", invention=publication[2] in "ABC")
    number = _CN_NUMBER.fullmatch(plain)
    if number:
        return _chinese(number[1], number[2])
    return PatentNumber(plain, f"{text!r} is no patent number of a known form")


def _chinese(digits: str, check: str) -> PatentNumber:
    normal = f"CN{digits}.{check}"
    today = len(digits) == _TODAY
    year, kind = (int(digits[:4]), digits[4]) if today else (FIRST_YEAR, digits[2])
    invention = kind in _INVENTION_TYPES
    right = chinese_check_digit(digits)
    if right != check:
        return PatentNumber(normal, f"check digit of {normal} should be {right}", invention)
    if year < FIRST_YEAR:
        return PatentNumber(normal, f"{normal} has no year of filing", invention)
    if kind not in "12389":
        return PatentNumber(normal, f"{normal} has the unknown type digit {kind}", invention)
    return PatentNumber(normal, "", invention)


def _european(written: str) -> PatentNumber:
    application = _EP_APPLICATION.fullmatch(written)
    if application:
        right = european_check_digit(application[1])
        fault = "" if right == application[2] else f"check digit of {written} should be {right}"
        return PatentNumber(written, fault)
    publication = _EP_PUBLICATION.fullmatch(written)
    if publication:
        return PatentNumber(f"EP{publication[1]}")
    return PatentNumber(written, f"{written!r} is no European patent number")


def filing_year(normal: str) -> int | None:
    """Year of filing that a number of today's Chinese or PCT form carries, else None."""
    match = _FILED.match(normal)
    return int(match[1] or match[2]) if match else None
