"""Rules of a golden file as it stands, before it is replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from drivers.conformance.folder import Subject
from drivers.conformance.transcripts import Golden
from labctl.errors import BenchError

LEAST = 10
"""Different exchanges that a model's golden file holds."""

SHOWN = {"identify", "safe"}
"""What the driver of every transcript is asked for."""


def has_sourced_exchanges(subject: Subject) -> Iterator[str]:
    """At least ten different exchanges, each with a source; and every source is used."""
    data = Golden(subject.folder.golden).load(subject.name)
    exchanges = [one for scene in data.get("scene", {}).values() for one in scene["exchange"]]
    different = {str({k: v for k, v in one.items() if k != "after"}) for one in exchanges}
    if len(different) < LEAST:
        yield f"{len(different)} different exchanges; at least {LEAST} are asked for"
    sources = data.get("sources", {})
    for one in exchanges:
        if not sources.get(one.get("source", "")):
            yield f"an exchange without source: {one}"
    unused = set(sources) - {one.get("source") for one in exchanges}
    if unused:
        yield f"sources that no exchange has: {', '.join(sorted(unused))}"


def can_be_read(subject: Subject) -> Iterator[str]:
    """It is TOML, and every scene has its parts."""
    try:
        Golden(subject.folder.golden).scenes(subject.name)
    except BenchError as error:
        yield error.message


def shows_identity_and_safe_state(subject: Subject) -> Iterator[str]:
    """Its scenes show the driver identifying the instrument and making it safe."""
    scenes = Golden(subject.folder.golden).scenes(subject.name)
    shown = {call["call"] for scene in scenes if not scene.raises for call in scene.calls}
    for call in sorted(SHOWN - shown):
        yield f"no scene shows {call}()"


def of_no_driver(names: Iterable[str], golden: Golden) -> Iterator[str]:
    """Golden files of which there is no driver."""
    for model in sorted(set(golden.models()) - set(names)):
        yield f"golden file of {model}, which is no driver"


RULES: Mapping[str, Callable[[Subject], Iterable[str]]] = {
    "can be read": can_be_read,
    "has ten exchanges with their sources": has_sourced_exchanges,
    "shows identity and safe state": shows_identity_and_safe_state,
}
"""What each golden file must keep, by a short name."""
