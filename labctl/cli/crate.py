"""`labctl report RUN --format crate`: the evidence bundle, signed if there is a key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from labctl.errors import UsageError
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.keys import Signer


def write(run: str, output: Path | None, key: str | None, runs: Path | None, as_json: bool) -> None:
    """Make the bundle of `run` and print where; without `key` the one key of this user signs."""
    from labctl.bundle.make import write_crate
    from labctl.cli.find import run_folder
    from labctl.cli.streams import note, say, say_json

    signer = signer_of(key)
    made = write_crate(run_folder(run, runs), output, signer)
    if as_json:
        named = None if signer is None else signer.name
        files = len(made.manifest.files)
        paths = {"path": str(made.folder), "archive": str(made.archive)}
        say_json({**paths, "files": files, "signed_by": named})
        return
    say(str(made.folder))
    say(str(made.archive))
    if signer is None:
        note(_("NOT SIGNED: nobody answers for it; labctl key new NAME makes a key"))
    else:
        note(_("signed by {name}").format(name=signer.name))


def signer_of(name: str | None) -> Signer | None:
    """The unlocked key `name`; with None this user's one key, with "" or without any key nobody.

    `UsageError` where there are several and none is named.
    """
    from labctl.cli.passwords import unlocked
    from labctl.keys import names

    own = names()
    if name == "" or (name is None and not own):
        return None
    if name is None and len(own) > 1:
        remedy = _("name one with --key: {names}").format(names=", ".join(own))
        raise UsageError(_("several keys could sign"), remedy=remedy)
    return unlocked(own[0] if name is None else name)
