"""Sentences for readers, kept so that each reader gets them in his own language.

Evidence is written once and read in English and in Chinese. A sentence with figures in it is a
`Text`: the template is translated, then filled. A plain string is a sentence without figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec


class Text(msgspec.Struct, frozen=True):
    """`template` in English with `{names}`, and `values` for them, already written out."""

    template: str
    values: dict[str, str] = {}


Words = str | Text
"""A sentence."""


def said(words: Words, translate: Callable[[str], str] = str) -> str:
    """The sentence with its figures; `translate` puts template and values in another language."""
    if isinstance(words, str):
        return translate(words)
    values = {name: translate(value) for name, value in words.values.items()}
    return translate(words.template).format(**values)


def sentences(words: Words | Iterable[Words]) -> tuple[Words, ...]:
    """One sentence or many, as a tuple."""
    return (words,) if isinstance(words, str | Text) else tuple(words)
