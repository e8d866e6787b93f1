"""The signature over a run: who authorised its report, of which journal and which verdicts.

`authorisation.json` lies in the run's folder beside the journal, which is closed and has one
writer. It names the head of the journal's chain and the hash of every verdict; the register of runs
knows its SHA-256. Whatever is changed afterwards voids it. One that is void stays in the file.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode
from pathlib import Path

import msgspec

from labctl.errors import JournalError
from labctl.journal.reader import Reader
from labctl.keys import Signer, verifies
from labctl.tested import journalled

FILE = "authorisation.json"


class Released(msgspec.Struct, frozen=True):
    """One item as authorised: `verdict` is the SHA-256 of its verdict as the journal holds it."""

    indicator: str
    sample: str
    outcome: str
    verdict: str


class Authorisation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who authorised the report of `run`, at the wall-clock time `utc` (ISO 8601), saying what.

    `head` and `content` are those of the journal's chain after `transactions` transactions. `key`
    is the public key by which `signature` is to be checked, both in Base64; "" where nobody signed
    with a key. `laboratory` is the name under which it was authorised.
    """

    run: str
    by: str
    utc: str
    statement: str
    laboratory: str
    labctl: str
    transactions: int
    head: str
    content: str
    items: tuple[Released, ...]
    key: str = ""
    signature: str = ""

    @property
    def signed(self) -> bytes:
        """What the signature is over: everything but itself, as JSON with sorted keys."""
        bare = msgspec.structs.replace(self, signature="")
        return msgspec.json.encode(bare, order="sorted")

    @property
    def fits(self) -> bool:
        """Whether the signature was made with the private half of `key`."""
        try:
            signature = b64decode(self.signature, validate=True)
        except ValueError:
            return False
        return verifies(self.key, self.signed, signature)

    def signed_by(self, signer: Signer) -> Authorisation:
        """The same with the signature of `signer`."""
        bare = msgspec.structs.replace(self, key=signer.public, signature="")
        signature = b64encode(signer.sign(bare.signed)).decode("ascii")
        return msgspec.structs.replace(bare, signature=signature)

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole, by which the register of runs knows it."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


class Given(msgspec.Struct, frozen=True):
    """What the file holds: all that were given, the last one last."""

    authorisations: tuple[Authorisation, ...] = ()


def released(reader: Reader) -> tuple[Released, ...]:
    """Every item of a journal with the verdict that stands, hashed as it is written there."""
    return tuple(
        Released(one.indicator, one.sample, one.outcome, _verdict_sha256(reader, number))
        for (number, *_), one in zip(reader.items(), journalled(reader), strict=True)
    )


def _verdict_sha256(reader: Reader, number: int) -> str:
    sql = "SELECT value FROM facts WHERE item = ? AND name = 'verdict' ORDER BY rowid DESC LIMIT 1"
    for (value,) in reader.rows(sql, number):
        return hashlib.sha256(str(value).encode()).hexdigest()
    return ""


def read(folder: Path) -> tuple[Authorisation, ...]:
    """All authorisations in the run's `folder`, oldest first; `JournalError` for an unreadable
    file."""
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Given).authorisations
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.MsgspecError) as error:
        raise JournalError(f"{path} is no authorisation: {error}", address=str(path)) from error


def add(folder: Path, given: Authorisation) -> None:
    """Write `given` behind those that are in `folder`; `JournalError` where it cannot be."""
    whole = Given((*read(folder), given))
    path = folder / FILE
    part = path.with_name(f"{FILE}.part")
    try:
        with open(part, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise JournalError(
            f"the authorisation cannot be written: {error}", address=str(path)
        ) from error
