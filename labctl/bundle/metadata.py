"""`ro-crate-metadata.json`: what a bundle is, in RO-Crate 1.2 (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labctl.bundle import layout
from labctl.bundle.files import Listed, listed
from labctl.bundle.seal import canonical

if TYPE_CHECKING:
    from labctl.runfile import ItemRecord, RunRecord

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
PROFILE = "https://w3id.org/ro/crate/1.2"

MEDIA = {
    ".json": "application/json",
    ".html": "text/html",
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".toml": "application/toml",
    ".py": "text/x-python",
    ".db": "application/vnd.sqlite3",
}
"""Media types by suffix; of any other file it is application/octet-stream."""

DESCRIPTIONS = {
    f"{layout.RUN}/journal.db": "Journal of the run: all readings, steps, results and verdicts.",
    f"{layout.RUN}/manifest.json": "Head of the journal's hash chain when the run was closed.",
    f"{layout.RUN}/authorisation.json": "Who let the report of the run go out.",
    f"{layout.RUN}/attachments/": "Attachment, named by its SHA-256.",
    "readings.": "All readings of the run.",
    "report.": "Report of the run.",
    "benches/": "Bench file as it stood.",
    "certificates/": "Calibration of an instrument as it was applied.",
    "indicators/": "Indicator as it stood, in English and Chinese.",
    "verdicts/": "Verdict, evidence and provenance of an item.",
    "code/": "Source of a procedure or method.",
    layout.AGREEMENT: "What was agreed before the test.",
    layout.PROVENANCE: "Versions and hashes of code and packages, seed and draws.",
    layout.REGISTER: "The run's lines in the register of runs.",
}
"""What a file is, by the beginning of its path."""

LICENCE = {
    "@id": "#licence",
    "@type": "CreativeWork",
    "name": "No licence is granted",
    "description": "The laboratory that made the run decides who may use it, and for what.",
}


def write_metadata(record: RunRecord, folder: Path, made: str) -> None:
    """Describe every file that is in `folder` so far; `made` is UTC in ISO 8601."""
    document = {"@context": CONTEXT, "@graph": list(graph(record, listed(folder), made))}
    (folder / layout.METADATA).write_bytes(canonical(document))


def graph(record: RunRecord, files: Iterable[Listed], made: str) -> Iterable[dict[str, Any]]:
    """The entities: the crate, its files, the items, the instruments and the software."""
    parts = [_file(one) for one in files]
    actions = [_action(n, item) for n, item in enumerate(record.items, 1)]
    instruments = {entity["@id"]: entity for entity in _instruments(record.items)}
    yield {
        "@id": layout.METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": PROFILE},
    }
    yield _root(record, parts, actions, made)
    yield from parts
    yield from (_seal(name, text) for name, text in SEALED.items())
    yield from actions
    yield from instruments.values()
    yield LICENCE
    yield _software(record.meta)


SEALED = {
    layout.MANIFEST: "Every file with size and SHA-256, chained to the journal's hash chain.",
}


def _root(
    record: RunRecord, parts: list[dict[str, Any]], actions: list[dict[str, Any]], made: str
) -> dict[str, Any]:
    targets = ", ".join(record.targets)
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": record.id,
        "name": f"Evidence of the run {record.id}",
        "description": f"All that the verdicts on {targets} stand on, as labctl recorded it.",
        "datePublished": made,
        "license": {"@id": LICENCE["@id"]},
        "hasPart": [{"@id": name} for name in (*(one["@id"] for one in parts), *SEALED)],
        "mentions": [{"@id": one["@id"]} for one in actions],
    }


def _file(one: Listed) -> dict[str, Any]:
    return {
        "@id": one.path,
        "@type": "File",
        "name": one.path.rpartition("/")[2],
        "description": _described(one.path),
        "contentSize": str(one.size),
        "sha256": one.sha256,
        "encodingFormat": MEDIA.get(Path(one.path).suffix, "application/octet-stream"),
    }


def _seal(name: str, text: str) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "description": text,
        "encodingFormat": "application/json",
    }


def _described(path: str) -> str:
    return next((text for begin, text in DESCRIPTIONS.items() if path.startswith(begin)), "")


def _action(number: int, item: ItemRecord) -> dict[str, Any]:
    verdict = "none" if item.verdict is None else str(item.verdict.outcome)
    done = {
        "@id": f"#item-{number}",
        "@type": "CreateAction",
        "name": f"{item.id} {item.indicator.name_en} / {item.indicator.name_zh}: {verdict}",
        "description": f"Procedure {item.procedure}",
        "instrument": [{"@id": "#labctl"}, *({"@id": e["@id"]} for e in _instruments([item]))],
        "result": {"@id": f"verdicts/{number}-{item.id.replace('/', '_')}.json"},
    }
    if item.provenance is None:
        return done
    begun, ended = item.provenance.started_utc, item.provenance.ended_utc
    return {**done, "startTime": _iso(begun), "endTime": _iso(ended)}


def _instruments(items: Iterable[ItemRecord]) -> list[dict[str, Any]]:
    found = [one for item in items for one in item.instruments]
    return [
        {
            "@id": f"#instrument-{one.role}-{one.identity.serial or 'unread'}".replace(" ", "_"),
            "@type": "IndividualProduct",
            "name": f"{one.identity.maker} {one.identity.model}".strip() or one.driver,
            "description": f"Role {one.role}, driver {one.driver}",
            "serialNumber": one.identity.serial,
            "manufacturer": one.identity.maker,
            "model": one.identity.model,
        }
        for one in found
    ]


def _software(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@id": "#labctl",
        "@type": "SoftwareApplication",
        "name": "labctl",
        "version": str(meta.get("labctl", "")),
    }


def _iso(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).isoformat().replace("+00:00", "Z")
