"""`labctl sample`: what the runs of a folder did to a sample, and how its fingerprint moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from labctl.cli.options import AsJson, RunsFolder
from labctl.i18n import N_, _

if TYPE_CHECKING:
    from labctl.samples.history import Entry

SampleId = Annotated[
    str | None, typer.Argument(metavar="[ID]", help=N_("The sample's id; else all are listed."))
]


def sample(id: SampleId = None, folder: RunsFolder = None, as_json: AsJson = False) -> None:
    """The history of one sample, or the samples that the runs of the folder were on."""
    from labctl.cli.streams import note, say, say_json
    from labctl.config import runs_folder
    from labctl.errors import UsageError
    from labctl.samples.history import history, samples

    where = runs_folder(folder)
    if id is None:
        known = samples(where)
        if as_json:
            say_json([summary(one, entries) for one, entries in known.items()])
            return
        _table(known)
        note(_("{count} samples in {folder}").format(count=len(known), folder=where))
        return
    entries = history(where, id)
    if not entries:
        raise UsageError(f"no run in {where} was on the sample {id}", remedy="labctl sample")
    if as_json:
        say_json({**summary(id, entries), "items": [as_row(one) for one in entries]})
        return
    for line in told(id, entries):
        say(line)


def summary(id: str, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """A sample as `--json` lists it: what it is, how often and how long it was used, in h."""
    newest = entries[-1].sample
    return {
        "id": id,
        "kind": newest.kind,
        "lot": newest.lot,
        "simulated": all(one.simulated is not False for one in entries),
        "runs": len({one.run for one in entries}),
        "hours": sum(one.hours for one in entries),
        "last": entries[-1].started,
    }


def as_row(entry: Entry) -> dict[str, Any]:
    """One item on the sample as `--json` prints it; hours in h, gaps in s."""
    import msgspec

    plain = msgspec.to_builtins(entry)
    return {**{name: plain[name] for name in plain if name != "sample"}, "hours": entry.hours}


def told(id: str, entries: tuple[Entry, ...]) -> list[str]:
    """The history of a sample in lines."""
    from labctl.report.wording import word

    newest = entries[-1].sample
    simulated = "" if any(one.simulated is False for one in entries) else _("(simulated)")
    lines = ["  ".join(part for part in (id, newest.kind, newest.lot, simulated) if part)]
    for one in entries:
        parts = (one.started[:16], one.run, one.indicator, word(one.outcome))
        lines.append("  ".join(part for part in parts if part))
        lines += [f"  {text}" for text in (*_exposed(one), *_gaps(one), *_fingerprints(one))]
    return lines


def _table(known: dict[str, tuple[Entry, ...]]) -> None:
    from labctl.cli.streams import say
    from labctl.cli.table import lines

    rows = [summary(id, entries) for id, entries in known.items()]
    cells = [
        [row["id"], row["kind"], str(row["runs"]), f"{row['hours']:.4g}", row["last"][:16]]
        for row in rows
    ]
    head = [_("sample"), _("kind"), _("runs"), _("exposed, h"), _("last run")]
    for line in lines(head, cells):
        say(line.rstrip())


def _exposed(entry: Entry) -> list[str]:
    steps = [f"{one.step}: {one.hours:.4g} h" for one in entry.exposures]
    run_through = [f"{name}: {q.value:.6g} {q.unit}" for name, q in entry.amounts.items()]
    return [_("exposed: {what}").format(what=what) for what in (*steps, *run_through)]


def _gaps(entry: Entry) -> list[str]:
    if not any(entry.gaps):
        return []
    text = _("interrupted {count} times, for {total} s in all")
    return [text.format(count=len(entry.gaps), total=f"{sum(entry.gaps):.6g}")]


def _fingerprints(entry: Entry) -> list[str]:
    from labctl.report.wording import moment

    lines: list[str] = []
    for one in entry.fingerprints:
        values = ", ".join(_drift(name, one.values, one.reference) for name in one.values)
        state = "" if one.matches else "  " + _("another sample")
        lines.append(f"{moment(one.utc)}  {values}{state}")
    return lines


def _drift(name: str, values: Any, reference: Any) -> str:
    """A quantity of a fingerprint, and by how much of its reference it has moved since."""
    from labctl.units import is_temperature

    found = values[name]
    text = f"{name} {found.value:.5g} {found.unit}"
    known = reference.get(name)
    if known is None or not known.value or is_temperature(found.unit):
        return text
    share = found.to(known.unit).value / known.value - 1.0
    return f"{text} ({100.0 * share:+.2f} %)"
