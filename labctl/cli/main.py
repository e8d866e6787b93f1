"""The command `labctl`: streams, language, the command itself, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from labctl.cli.app import build
from labctl.cli.failure import Interrupted, fail
from labctl.cli.streams import note, use_utf8
from labctl.errors import Defect, LabError, UsageError
from labctl.i18n import LANGUAGES, _, activate, from_locale, using


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (without the program's name); returns the exit code."""
    use_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    with using(from_locale()):
        try:
            return _run(take_language(arguments))
        except LabError as error:
            return fail(error, as_json)
        except typer.TyperException as error:
            return fail(_usage(error), as_json)
        except (KeyboardInterrupt, typer.Abort):
            return fail(Interrupted(_("interrupted")), as_json)
        except Exception as error:
            return _unforeseen(error, as_json)


def _run(arguments: list[str]) -> int:
    code = build().main(args=arguments or ["--help"], prog_name="labctl", standalone_mode=False)
    return code if isinstance(code, int) else 0


def take_language(arguments: list[str]) -> list[str]:
    """`arguments` without `--lang LANGUAGE`, wherever it stands; that language is activated."""
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name == "--lang":
            _activate(value if equals else next(rest, ""))
        else:
            kept.append(argument)
    return kept


def _activate(name: str) -> None:
    for language in LANGUAGES:
        if name == language:
            activate(language)
            return
    raise UsageError(
        _("unknown language {name!r}").format(name=name),
        remedy=_("use one of {choices}").format(choices=", ".join(LANGUAGES)),
    )


def _usage(error: typer.TyperException) -> UsageError:
    text = _("wrong command line: {text}").format(text=error.format_message().rstrip("."))
    return UsageError(text, remedy=_("see labctl --help"))


def _unforeseen(error: Exception, as_json: bool) -> int:
    """An exception that no part foresaw is a defect of ours: its trace helps whoever repairs it."""
    import traceback

    if not as_json:
        note("".join(traceback.format_exception(error)).rstrip())
    text = f"{type(error).__name__}: {error}"
    return fail(
        Defect(text, remedy=_("please report it with the text above; the run folder is kept")),
        as_json,
    )
