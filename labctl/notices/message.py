"""What a recipient reads of a notice, in his own language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from labctl.desk import Notice, NoticeKind
from labctl.i18n import N_, Language, _, using
from labctl.platform.hosts import host_name
from labctl.words import said

KINDS: dict[NoticeKind, str] = {
    "prompt": N_("An answer is wanted"),
    "hold": N_("The run is held"),
    "released": N_("The run goes on"),
    "trip": N_("The run was tripped"),
    "gap": N_("The run was interrupted"),
    "band": N_("A condition is out of its band"),
    "disk": N_("Disk space is short"),
    "calibration": N_("A calibration ends"),
    "unattainable": N_("The verdict cannot be reached any more"),
    "guardian": N_("About the guardian"),
    "error": N_("An error"),
    "ended": N_("The run has ended"),
}


@dataclass(frozen=True)
class Message:
    """A notice in words: a `subject` of one line, `text` of several, and its parts by name."""

    subject: str
    text: str
    parts: dict[str, str]


def message(
    notice: Notice, run: str, language: Language, *, times: int = 1, escalated: bool = False
) -> Message:
    """`notice` of the run named `run`, which came `times` times since it was told last.

    `escalated`: those who were told first did not react.
    """
    with using(language):
        kind, text = _(KINDS[notice.kind]), said(notice.text, _)
        when = datetime.fromtimestamp(notice.utc, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        subject = " · ".join(part for part in (f"labctl: {kind}", notice.item, run) if part)
        lines = [f"{kind}: {text}", "", _line(_("run"), run), _line(_("indicator"), notice.item)]
        lines += [_line(_("machine"), host_name()), _line(_("time"), when)]
        if notice.kind == "prompt":
            lines.append(_("Answer it with: labctl watch {run}").format(run=run))
        if times > 1:
            lines.append(_("It came {count} times since the last message.").format(count=times))
        if escalated:
            lines.append(_("Nobody has acknowledged it yet."))
    body = "\n".join(line for line in lines if line is not None)
    parts = {"kind": notice.kind, "title": kind, "text": text, "item": notice.item, "run": run}
    return Message(_one_line(subject), body, {**parts, "utc": when, "message": body})


def _line(name: str, text: str) -> str | None:
    return f"{name}: {text}" if text else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
