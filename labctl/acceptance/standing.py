"""Whether the report of a run is authorised, or a draft, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from labctl import register
from labctl.acceptance.authorisation import Authorisation, read, released
from labctl.config import keys_list
from labctl.errors import JournalError
from labctl.i18n import N_
from labctl.journal.chain import Link, last_link
from labctl.journal.reader import Reader
from labctl.keys import read_list
from labctl.runfolder import RunFolder

State = Literal["draft", "authorised", "void"]

NEVER = N_("nobody has authorised it")
LATER = N_("the run was amended after it was authorised")
JOURNAL = N_("the journal was changed after it was authorised")
VERDICTS = N_("the verdicts are not those that were authorised")
REGISTER = N_("the register of runs does not know this authorisation")
OTHER = N_("it is the authorisation of another run")
SIGNATURE = N_("its signature does not fit")
UNSIGNED = N_("it is not signed, and the lab's list names authorisers")
UNLISTED = N_("its key is not that of an authoriser on the lab's list")


@dataclass(frozen=True)
class Standing:
    """`given` is the last authorisation, None where nobody gave any; `why` it does not stand."""

    state: State
    given: Authorisation | None = None
    why: tuple[str, ...] = ()

    @property
    def authorised(self) -> bool:
        """Whether the report is more than a draft."""
        return self.state == "authorised"

    @property
    def suspect(self) -> tuple[str, ...]:
        """What no amendment explains: somebody changed what was authorised, or the file itself."""
        return tuple(text for text in self.why if text not in (NEVER, LATER))


def standing(folder: Path) -> Standing:
    """Where the report of the run in `folder` stands.

    That its journal is whole is another question, which `labctl verify` answers. `JournalError`
    where journal or authorisation cannot be read.
    """
    given = read(folder)
    if not given:
        return Standing("draft", None, (NEVER,))
    why = tuple(dict.fromkeys(_objections(folder, given[-1])))
    return Standing("void" if why else "authorised", given[-1], why)


def _objections(folder: Path, given: Authorisation) -> Iterator[str]:
    yield from objections_to_key(given)
    with Reader(RunFolder(folder).journal) as reader:
        if given.run != reader.identity().get("run", folder.name):
            yield OTHER
        link = last_link(reader.connection)
        if link.head.hex() != given.head:
            yield LATER if _goes_on(reader, given, link) else JOURNAL
        elif released(reader) != given.items:
            yield VERDICTS
    if not _registered(folder, given):
        yield REGISTER


def objections_to_key(given: Authorisation) -> Iterator[str]:
    """What is wrong with the signature; where the lab lists no authoriser, a name is enough."""
    if given.key and not given.fits:
        yield SIGNATURE
    known = read_list(keys_list())
    when = datetime.fromisoformat(given.utc).timestamp()
    if not any(one.role == "authoriser" for one in known.keys):
        return
    if not given.key:
        yield UNSIGNED
    elif not any(k.role == "authoriser" and k.counts_at(when) for k in known.of(given.key)):
        yield UNLISTED


def _goes_on(reader: Reader, given: Authorisation, link: Link) -> bool:
    """Whether the chain still has what was authorised, with more behind it."""
    sql = "SELECT head FROM chain WHERE tx = ?"
    known = any(head == given.head for (head,) in reader.rows(sql, given.transactions))
    return known and link.tx > given.transactions


def _registered(folder: Path, given: Authorisation) -> bool:
    """What a register that is not there, or was changed, knows is told by `labctl verify`."""
    if not (folder.parent / register.FILE).exists():
        return True
    try:
        entries = register.entries(folder.parent)
    except JournalError:
        return True
    return any(e.run == given.run and e.authorisation == given.sha256 for e in entries)
