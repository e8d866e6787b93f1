"""Which licences go into the work, read from the metadata of what is installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from importlib import metadata
from typing import cast

# SPDX identifiers that may be used beside Apache-2.0. MPL-2.0 binds its own files only.
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CNRI-Python"),
    *("HPND", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense"),
    *("Zlib",),
}
# What older metadata says in words.
WORDS = {
    "apache": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache-2": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd-3": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "psf": "PSF-2.0",
}
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|GNU|SSPL|CC-BY-(NC|SA))", re.IGNORECASE)


def stated(package: metadata.Distribution) -> str:
    """The licence as the package states it: expression, else classifier, else free text."""
    about = cast("Message", package.metadata)
    expression = about.get("License-Expression")
    if expression:
        return expression
    classifiers = [
        line.rsplit("::", 1)[-1].strip()
        for line in about.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    if classifiers:
        return " OR ".join(spdx(name) for name in classifiers)
    return (about.get("License") or "").strip().splitlines()[0] if about.get("License") else ""


def spdx(words: str) -> str:
    """The SPDX identifier of a licence named in words; the words where none is known."""
    return WORDS.get(words.strip().lower(), words.strip())


def fits(licence: str) -> bool:
    """Whether a licence expression leaves a choice of allowed licences alone.

    `A OR B` fits where one of the two does, `A AND B` where both do. A text in words fits where
    it is one of `WORDS`.
    """
    expression = licence.strip()
    if not expression or (COPYLEFT.search(expression) and " OR " not in expression.upper()):
        return False
    options = re.split(r"\s+OR\s+|;\s*|,\s*", _bare(expression), flags=re.IGNORECASE)
    return any(_all_allowed(option) for option in options)


def _bare(expression: str) -> str:
    """Without parentheses: `A AND (B OR C)` is read as `A AND B OR C`, so A is checked too."""
    if "(" not in expression or spdx(expression) != expression:
        return spdx(expression)
    inner = re.fullmatch(r"(.*?)\((.*)\)(.*)", expression)
    if inner is None:
        return expression
    before, options, after = inner.groups()
    return " OR ".join(f"{before}{option}{after}" for option in options.split(" OR "))


def _all_allowed(option: str) -> bool:
    names = [spdx(part) for part in re.split(r"\s+AND\s+|\s*/\s*", option, flags=re.IGNORECASE)]
    return all(name in ALLOWED for name in names)


def closure(roots: Iterable[str]) -> Iterator[metadata.Distribution]:
    """Every installed distribution that the requirement lines `roots` need, each once, with the
    extras that they ask for."""
    todo, seen = list(roots), set[tuple[str, frozenset[str]]]()
    given = set[str]()
    while todo:
        line = todo.pop()
        name, extras = canonical(required(line)), extras_of(line)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another operating system or Python
        if name not in given:
            given.add(name)
            yield package
        todo += [needed for needed in package.requires or () if _is_asked(needed, extras)]


def extras_of(requirement: str) -> frozenset[str]:
    """The extras that a requirement line asks for."""
    match = re.match(r"[A-Za-z0-9._-]+\s*\[([^\]]*)\]", requirement)
    return frozenset(part.strip() for part in match[1].split(",")) if match else frozenset()


def _is_asked(requirement: str, extras: frozenset[str]) -> bool:
    """Whether a package's own requirement holds without extras, or with these."""
    wanted = re.findall(r"""extra\s*==\s*["']([^"']+)["']""", requirement)
    return not wanted or bool(extras & set(wanted))


def required(requirement: str) -> str:
    """The distribution's name in a requirement line."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return match.group()


def canonical(name: str) -> str:
    """A distribution's name as PEP 503 normalises it."""
    return re.sub(r"[-_.]+", "-", name).lower()
