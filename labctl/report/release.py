"""Whether a report is a draft, as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from labctl.acceptance.standing import Standing, standing
from labctl.errors import JournalError
from labctl.i18n import _
from labctl.keys.signing import fingerprint
from labctl.report.wording import iso_moment


@dataclass(frozen=True)
class ReleaseView:
    """A draft with `why` it is one, or who authorised the report, when, saying what.

    `key` is the fingerprint of the key that signed, "" where there is none.
    """

    draft: bool
    why: tuple[str, ...] = ()
    by: str = ""
    when: str = ""
    statement: str = ""
    key: str = ""


def release_of(folder: Path) -> ReleaseView:
    """How the report of the run in `folder` stands; what cannot be read is a draft."""
    if not folder.is_dir():
        return release_view(Standing("draft", None, ()))
    try:
        return release_view(standing(folder))
    except JournalError as error:
        return ReleaseView(draft=True, why=(error.message,))


def release_view(stands: Standing) -> ReleaseView:
    """The texts of a standing in the current language."""
    given = stands.given
    why = tuple(_(text) for text in stands.why)
    if given is None:
        return ReleaseView(draft=True, why=why)
    return ReleaseView(
        draft=not stands.authorised,
        why=why,
        by=given.by,
        when=iso_moment(given.utc),
        statement=given.statement,
        key=fingerprint(given.key) if given.key else "",
    )
