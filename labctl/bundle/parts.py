"""What a bundle holds of a run, part by part, each written into its folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from labctl import manifest
from labctl.acceptance.authorisation import FILE as AUTHORISATION
from labctl.bundle import layout, sources, table
from labctl.bundle.files import sha256_of
from labctl.errors import JournalError
from labctl.i18n import LANGUAGES, using
from labctl.journal.plain import encode, loads
from labctl.journal.reader import TAKEN_BACK, Reader
from labctl.report.export import NAME as READINGS
from labctl.report.export import write_rows
from labctl.report.write import save, written
from labctl.runfile import RunRecord
from labctl.runfolder import JOURNAL, RunFolder


def write_run(run: RunFolder, reader: Reader, folder: Path) -> None:
    """The run's own folder: journal, manifest, attachments, authorisation. Logs and traces of lines
    stay out: what was sent on a line may be a password."""
    own = folder / layout.RUN
    copy = RunFolder(own)
    copy.attachments.mkdir(parents=True)
    for name in (JOURNAL, manifest.FILE, AUTHORISATION):
        if (run.path / name).exists():
            shutil.copyfile(run.path / name, own / name)
    for sha256 in dict.fromkeys(one.sha256 for one in reader.attachments()):
        shutil.copyfile(run.attachments / sha256, copy.attachments / sha256)


def write_tables(record: RunRecord, folder: Path) -> None:
    """All readings as Parquet and as CSV."""
    table.write_rows(record, folder / table.NAME)
    with written(folder / READINGS) as sheet:
        write_rows(record, sheet)


def write_reports(record: RunRecord, folder: Path) -> None:
    """The report in each language."""
    from labctl.report.page import page

    for language in LANGUAGES:
        name = "report.html" if language == "en" else f"report.{language}.html"
        with using(language):
            save(page(record), folder / name)


def write_texts(record: RunRecord, reader: Reader, folder: Path) -> None:
    """Bench files and indicators as they stood, the agreement, and what became known of items."""
    _put(folder / layout.AGREEMENT, record.agreement.canonical)
    for sha256, text in reader.rows("SELECT sha256, text FROM benches ORDER BY rowid"):
        _put(folder / "benches" / f"{sha256}.toml", text.encode())
    for number, id, text, *_ in reader.items():
        name = f"{number}-{id.replace('/', '_')}.json"
        _put(folder / "indicators" / name, text.encode())
        facts = _facts(reader, number)
        _put(folder / "verdicts" / name, encode({"indicator": id, **facts}).encode())
        certificates: dict[str, Any] = facts.get("certificates") or {}
        for role, certificate in certificates.items():
            _put(folder / "certificates" / f"{number}-{role}.json", encode(certificate).encode())


def _facts(reader: Reader, number: int) -> dict[str, Any]:
    """What is known of an item, each by its latest value."""
    rows = reader.rows("SELECT name, value FROM facts WHERE item = ? ORDER BY rowid", number)
    latest = {name: value for name, value in rows}
    return {name: loads(text) for name, text in latest.items() if text != TAKEN_BACK}


def write_provenance(record: RunRecord, reader: Reader, folder: Path) -> None:
    """Versions and hashes of code and packages, seed and draws, the procedure of each item."""
    from labctl.uncertainty import DRAWS

    names = ("labctl", "packages", "code", "virtual", "dut", "accepted")
    known = {name: record.meta[name] for name in names if name in record.meta}
    items = [
        {"item": number, "indicator": id, "procedure": procedure, "code_sha256": code}
        for number, id, _, procedure, code in reader.items()
    ]
    draws = record.meta.get("draws") or DRAWS
    ended = {"started": record.started_utc, "ended": record.ended_utc, "state": record.state}
    document = {"run": record.id, **ended, "seed": record.seed, "draws": draws, **known}
    _put(folder / layout.PROVENANCE, encode({**document, "items": items}).encode())


def write_sources(run: RunFolder, reader: Reader, folder: Path) -> None:
    """The source of the procedures and their methods, and `code/index.json`, which names them."""
    rows: list[dict[str, Any]] = []
    for number, *_ in reader.items():
        for index in reader.facts(number, sources.FACT, str):
            for module, data in sources.kept(run.path.parent, index).items():
                sha256 = sha256_of(data)
                name = f"{module}.{sha256[:12]}.py"
                _put(folder / "code" / name, data)
                rows.append({"item": number, "module": module, "file": name, "sha256": sha256})
    _put(folder / "code" / "index.json", encode(rows).encode())


def write_register(run: RunFolder, id: str, folder: Path) -> None:
    """The run's lines in the register of runs as they are, and how long that was then."""
    from labctl import register

    lines = register.lines(run.path.parent)
    own = [
        {"number": number, "line": line.decode("utf-8")}
        for number, line in enumerate(lines, 1)
        if (entry := register.entry_of(line)) is not None and entry.run == id
    ]
    last = sha256_of(lines[-1]) if lines else register.NOTHING
    document = {"lines": own, "length": len(lines), "last_sha256": last}
    _put(folder / layout.REGISTER, encode(document).encode())


def _put(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise JournalError(f"{path} cannot be written: {error.strerror}") from error
