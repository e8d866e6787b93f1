"""Every driver of a lab as one row: class, role, line, proof, and what of it is not proved."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from drivers.conformance.fitting import asked, fits, roles
from drivers.conformance.folder import Folder, Subject
from drivers.conformance.quality import Entry, quality
from drivers.conformance.sheets import GUESS
from drivers.conformance.transcripts import Golden
from drivers.imported.folder import Importer
from drivers.links import settings
from drivers.roles import classes

LINES: dict[type, str] = {
    settings.MessageSettings: "text",
    settings.BytesSettings: "frames",
    settings.RegisterSettings: "Modbus",
    settings.AttributeSettings: "Bluetooth LE",
    settings.TopicSettings: "MQTT",
    settings.ProcessSettings: "program",
    settings.FolderSettings: "files",
    settings.SdkSettings: "vendor library",
}
"""How a driver speaks, by the kind of its settings."""

NO_ENTRY = Entry("unverified", "it has no row in quality.toml")


@dataclass(frozen=True)
class Model:
    """One driver. `exchanges` is how many its golden file has, `guesses` are functions whose line
    of accuracy says that it is remembered or assumed."""

    name: str
    title: str
    instrument_class: str
    role: str
    line: str
    entry: Entry
    exchanges: int
    guesses: tuple[str, ...]


def models(folder: Folder) -> list[Model]:
    """Every driver of `folder`, by name; `BenchError` for a driver that cannot be loaded."""
    table = quality(folder)
    return [model(subject, table.get(subject.name, NO_ENTRY)) for subject in folder.subjects()]


def model(subject: Subject, entry: Entry) -> Model:
    """One driver with its row of the table of quality."""
    kind: Any = subject.kind
    role = main_role(kind, subject.folder.package)
    scenes = Golden(subject.folder.golden).scenes(subject.name)
    return Model(
        subject.name,
        title_of(kind),
        kind.instrument_class if issubclass(kind, Importer) else class_of(role),
        role.__name__ if role is not None else "",
        line_of(kind.settings),
        entry,
        sum(len(scene.raw) for scene in scenes),
        guesses(kind),
    )


def main_role(kind: type, package: str) -> type | None:
    """The role that asks for the most of those that `kind` fits; None where it fits none."""
    fitting = [role for role in roles(package) if fits(kind, role)]
    return max(fitting, key=lambda role: len(asked(role)), default=None)


def class_of(role: type | None) -> str:
    """The instrument class of a role; a lab's own role is a class by itself."""
    if role is None:
        return ""
    module = role.__module__.rpartition(".")[2]
    for known in classes.roles():
        if (known.module, known.protocol) == (module, role.__name__):
            return known.instrument_class
    return module


def line_of(wanted: object) -> str:
    """What kind of line a driver with these settings speaks on."""
    return next((line for kind, line in LINES.items() if isinstance(wanted, kind)), "")


def title_of(kind: type) -> str:
    """Maker and model: how the driver's module begins, up to its first comma or bracket."""
    module = inspect.getmodule(kind)
    first = ((module.__doc__ if module else "") or kind.__name__).strip().splitlines()[0]
    return re.split(r"[,;:(]|\.(?:\s|$)", first)[0].strip()


def guesses(kind: Any) -> tuple[str, ...]:
    """Functions whose line of accuracy says that it is no figure of a sheet, each once."""
    found = [line.function for line in kind.accuracies if GUESS.search(line.source)]
    return tuple(dict.fromkeys(found))
