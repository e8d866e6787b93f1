"""Messages in the user's language: English in the source, Chinese from `locale/`.

`_("...")` translates at the place where a text is shown; `N_("...")` marks a text that is kept
in a table and shown later. The language is a context variable, so that one process can write a
report in each language. The catalogue is the text file `labctl.po` itself, read at the first use:
there is no compiled copy that could be older than it.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""Languages that `--lang` accepts."""

LOCALE = Path(__file__).parent / "locale"
"""Folder of the message catalogues: `<territory>/LC_MESSAGES/labctl.po`."""

_TERRITORY: dict[Language, str] = {"zh": "zh_CN"}
_language: ContextVar[Language] = ContextVar("language", default="en")


class Messages(gettext.NullTranslations):
    """Translations of one language by message id; an unknown message stays as it is."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        super().__init__()
        self.entries = dict(entries)

    def gettext(self, message: str) -> str:
        """The translation of `message`, or `message` itself where there is none."""
        return self.entries.get(message) or message


def N_(message: str) -> str:
    """Mark `message` for translation and return it unchanged."""
    return message


def _(message: str) -> str:
    """`message` in the current language."""
    return translations(_language.get()).gettext(message)


def current() -> Language:
    """The language in use."""
    return _language.get()


def activate(language: Language) -> None:
    """Use `language` from now on in this context."""
    _language.set(language)


@contextmanager
def using(language: Language) -> Generator[None]:
    """Use `language` inside the `with` block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def translations(language: Language) -> Messages:
    """The messages of `language`; English needs no file."""
    if language not in _TERRITORY:
        return Messages({})
    path = LOCALE / _TERRITORY[language] / "LC_MESSAGES" / "labctl.po"
    return Messages(read_po(path.read_text(encoding="utf-8")))


def read_po(text: str) -> dict[str, str]:
    """Message ids and translations of a .po file's `text`; the header's empty id is left out.

    Reads what this catalogue uses: comments, msgid, msgstr and continued lines.
    """
    fields: dict[str, str] = {}
    entries: dict[str, str] = {}
    name = ""
    for line in [*text.splitlines(), "msgid end"]:
        keyword, _space, quoted = line.strip().partition(" ")
        if keyword == "msgid" and "msgstr" in fields:
            entries[fields.get("msgid", "")] = fields["msgstr"]
            fields = {}
        if keyword in ("msgid", "msgstr"):
            name = keyword
            fields[name] = _unquote(quoted)
        elif line.startswith('"'):
            fields[name] += _unquote(line)
    entries.pop("", None)
    return entries


def _unquote(quoted: str) -> str:
    """The text between double quotes with the escapes \\n, \\" and \\\\ resolved."""
    body = quoted.strip().removeprefix('"').removesuffix('"')
    parts = body.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace('\\"', '"') for part in parts)


def from_locale(environ: Mapping[str, str] | None = None) -> Language:
    """The language of the user's locale: LC_ALL, LC_MESSAGES, LANG, else the system's own."""
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return language_of(environ[name])
    if sys.platform == "win32":
        import locale

        return language_of(locale.getlocale()[0] or "")
    return "en"


def language_of(name: str) -> Language:
    """The language for a locale's name, POSIX (`zh_CN.UTF-8`) or Windows (`Chinese_China`)."""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
