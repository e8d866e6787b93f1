"""Help pages in the user's language.

The commands state their texts with `N_`; these classes translate them when a page is written,
since the language is known only after the command line has been read.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from labctl.cli.failure import Interrupted
from labctl.i18n import N_, _

_FIXED = (
    N_("Usage: "),
    N_("Arguments:"),
    N_("Options:"),
    N_("Commands:"),
    N_("Show this message and exit."),
    N_("[required]"),
    N_("[default: "),
)
"""What the library writes into a help page by itself."""


def translate(command: Any) -> Any:
    """A command or group with the texts of its parameters, and of its commands, in the current
    language. Its base class is the library's own affair, hence no type."""
    command.help = _(command.help or "")
    for param in command.params:
        if isinstance(param, TyperArgument | TyperOption):
            param.help = _(param.help or "")
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            command.commands[name] = translate(child)
    return command


def translated_page(page: str) -> str:
    """A help page with the words that the library writes in the current language."""
    for text in _FIXED:
        page = page.replace(text, _(text))
    return page


class Command(TyperCommand):
    """A command whose help page is translated."""

    def get_help(self, ctx: Any) -> str:
        """The help page in the current language."""
        return translated_page(super().get_help(ctx))


class Group(TyperGroup):
    """The commands of labctl: their help page is translated, and a Ctrl-C is told as an error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; `Interrupted` instead of the bare exit code that the library makes."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Interrupted(_("interrupted")) from None

    def get_help(self, ctx: Any) -> str:
        """The help page in the current language."""
        return translated_page(super().get_help(ctx))
