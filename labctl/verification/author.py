"""Who answers for a bundle: its signature, and whether the key is on the lab's list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from labctl.bundle import layout
from labctl.bundle.seal import CrateManifest, SignedBy
from labctl.i18n import _
from labctl.keys import KeyList, verifies
from labctl.keys.signing import fingerprint

State = Literal["known", "unknown", "unsigned", "wrong"]
"""known: signed with a key of the list; unknown: with another; wrong: the signature is not one."""


class Author(msgspec.Struct, frozen=True):
    """Who signed: `name` and `role` by the list, else the name that the bundle gives."""

    state: State
    text: str
    name: str = ""
    role: str = ""
    fingerprint: str = ""


def no_bundle() -> Author:
    """Of a run's folder, which carries no signature."""
    text = _("a run's folder carries no signature: labctl report --format crate")
    return Author("unsigned", text)


def author(
    folder: Path, manifest: CrateManifest | None, keys: KeyList, utc: float | None
) -> Author:
    """Who signed the bundle in `folder`; `utc` in s is when, if a time is proven."""
    if manifest is None:
        return Author("wrong", _("the manifest is not what was signed"))
    path = folder / layout.SIGNATURE
    if manifest.signer is None:
        if path.exists():
            return Author("wrong", _("there is a signature, and the manifest names no signer"))
        return Author("unsigned", _("the bundle is not signed"))
    who = manifest.signer
    if not path.is_file():
        return Author("wrong", _("the signature of {name} is gone").format(name=who.name), who.name)
    if not verifies(who.public_key, manifest.canonical, path.read_bytes()):
        text = _("the signature of {name} does not fit").format(name=who.name)
        return Author("wrong", text, who.name)
    when = datetime.fromisoformat(manifest.made).timestamp() if utc is None else utc
    return _known(who, keys, when)


def _known(who: SignedBy, keys: KeyList, utc: float) -> Author:
    mark = fingerprint(who.public_key)
    listed = keys.of(who.public_key)
    for one in listed:
        if one.counts_at(utc):
            text = _("{name} ({role}), key {mark}, on the list of keys")
            text = text.format(name=one.name, role=one.role, mark=mark)
            return Author("known", text, one.name, one.role, mark)
    text = _("signed as {name}; the key {mark} is NOT on the list of keys")
    if listed:
        text = _("signed as {name}; the key {mark} did not count then")
    return Author("unknown", text.format(name=who.name, mark=mark), who.name, "", mark)
