"""`labctl analyse`: the reductions of a method on files that somebody else measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labctl.cli.options import AsJson
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.analysing.document import Document
    from labctl.analysis import Analysis, Setting

Name = Annotated[
    str | None,
    typer.Argument(metavar="METHOD", help=N_("An analysis; without one they are listed.")),
]
Files = Annotated[
    list[Path] | None, typer.Argument(metavar="FILE", help=N_("Files of measured data."))
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help=N_('A setting, as "area=1.05 cm**2 u=0.01".')),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help=N_("Write page, data and plots into a folder.")),
]


def analyse(
    name: Name = None,
    files: Files = None,
    settings: Set = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Analyse files of measured data; what follows is evidence marked as imported."""
    from labctl.cli.streams import say, say_json

    if name is None:
        _list(as_json)
        return
    from labctl.analysing.carrying import analysed
    from labctl.analysing.stating import pairs

    document = analysed(name, files or [], pairs(settings or []))
    written = _written(document, out)
    if as_json:
        say_json({**document.as_dict(), "written": [str(path) for path in written]})
        return
    for line in lines(document):
        say(line)
    for path in written:
        say(str(path))


def lines(document: Document) -> Iterator[str]:
    """The document as text: results, how, what is left out, files."""
    from labctl.cli import table
    from labctl.report.analysis import views
    from labctl.report.notation import sentence

    yield _("IMPORTED: measured by somebody else; nothing passes by it.")
    rows = [[one.name, one.text, one.note] for one in views(document)]
    for line in table.lines([_("quantity"), _("result"), ""], rows):
        yield line.rstrip()
    for words in document.evidence.how:
        yield sentence(words)
    for words in document.evidence.left_out:
        yield _("left out: {text}").format(text=sentence(words))
    for text in document.evidence.missing:
        yield _("missing: {text}").format(text=_(text))
    for file in document.files:
        yield f"{file.name}  SHA-256 {file.sha256}"


def _written(document: Document, out: Path | None) -> tuple[Path, ...]:
    if out is None:
        return ()
    from labctl.report.analysis import write

    return write(document, out)


def _list(as_json: bool) -> None:
    from labctl.analysing.carrying import known_analyses
    from labctl.cli.streams import say, say_json

    known = known_analyses()
    if as_json:
        say_json([_row(one) for one in known.values()])
        return
    for one in known.values():
        say(f"{one.name}: {_(one.text)}")
        for setting in one.settings:
            say(f"  {_setting_text(setting)}")


def _row(one: Analysis) -> dict[str, object]:
    import msgspec

    return {
        "analysis": one.name,
        "text": _(one.text),
        "files": list(one.files),
        "settings": msgspec.to_builtins(one.settings),
    }


def _setting_text(setting: Setting) -> str:
    from labctl.analysing.stating import example

    needed = _(" (needed)") if setting.needed else ""
    return f'--set "{example(setting)}"  {_(setting.text)}{needed}'
