"""Check digits of barcodes."""

from __future__ import annotations

from typing import Literal

Check = Literal["", "gtin", "code39"]

LENGTHS = (8, 12, 13, 14, 18)
"""Digits of GTIN-8, GTIN-12 (UPC), GTIN-13 (EAN), GTIN-14 and SSCC."""

CODE39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
"""The characters of Code 39, each with its place as its value."""


def fits(code: str, check: Check) -> bool:
    """Whether `code` ends with the check digit that `check` names."""
    match check:
        case "":
            return True
        case "gtin":
            return gtin(code)
        case "code39":
            return code39(code)


def gtin(code: str) -> bool:
    """GS1 General Specifications, 7.9: weights 3 and 1 from the right, sum a multiple of 10."""
    if len(code) not in LENGTHS or not (code.isascii() and code.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(code)]
    return (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


def code39(code: str) -> bool:
    """ISO/IEC 16388, annex A: the sum of all values but the last, modulo 43, is the last."""
    values = [CODE39.find(character) for character in code]
    if len(values) < 2 or -1 in values:
        return False
    return sum(values[:-1]) % len(CODE39) == values[-1]
