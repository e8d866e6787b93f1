"""Numbers of documents that do not exist, of the right form: docs/dossier.md, "Numbers"."""

from __future__ import annotations

import random

_CN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def chinese_application(rng: random.Random, year: int, kind: int = 1) -> str:
    """A Chinese application number with its check digit; `kind` 1 is an invention."""
    digits = f"{year}{kind}{rng.randrange(10**6, 10**7)}"
    total = sum(int(d) * w for d, w in zip(digits, _CN_WEIGHTS, strict=True))
    return f"CN {digits}.{'0123456789X'[total % 11]}"


def european_application(rng: random.Random, year: int) -> str:
    """A European application number with its check digit."""
    digits = f"{year % 100:02d}{rng.randrange(10**5, 10**6)}"
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(digits)]
    total = sum(sum(map(int, str(product))) for product in doubled)
    return f"EP {digits}.{(10 - total % 10) % 10}"


def patent(rng: random.Random, year: int) -> str:
    """A patent number of one of the offices, filed in `year`."""
    forms = (
        chinese_application(rng, year),
        chinese_application(rng, year, 8),
        european_application(rng, year),
        f"PCT/CN{year}/{rng.randrange(10**5, 10**6)}",
        f"US {rng.randrange(17, 19)}/{rng.randrange(100, 1000)},{rng.randrange(100, 1000)}",
    )
    return rng.choice(forms)


def broken_patent(rng: random.Random, year: int) -> str:
    """A Chinese application number whose check digit is wrong."""
    right = chinese_application(rng, year)
    return right[:-1] + rng.choice([c for c in "0123456789X" if c != right[-1]])


def doi(rng: random.Random) -> str:
    """A DOI."""
    return f"10.{rng.randrange(1000, 99999)}/{rng.choice('abcdefgh')}{rng.randrange(10**6, 10**7)}"


def standard(rng: random.Random, year: int, sort: str = "") -> str:
    """A standard's number; `sort` is "international", "national" or "" for any."""
    number = rng.randrange(10000, 99999)
    international = (f"ISO {number}:{year}", f"IEC {number}-2:{year}", f"ISO/CD {number}")
    national = (f"GB/T {number}-{year}", f"NB/T {number}-{year}")
    other = (f"T/CSEE {number}-{year}", f"Q/ABC {number % 1000:03d}-{year}")
    choices = {"international": international, "national": national}
    return rng.choice(choices.get(sort, (*international, *national, *other)))


def software_copyright(rng: random.Random, year: int) -> str:
    """A Chinese software copyright registration."""
    return f"{year}SR{rng.randrange(10**6, 10**7)}"
