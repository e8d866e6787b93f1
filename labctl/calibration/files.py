"""Reading a certificate from a file: TOML of ours, or the XML of a Digital Calibration
Certificate."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from labctl.calibration.certificate import Certificate
from labctl.calibration.checks import check
from labctl.calibration.refusal import Where


def load(path: Path) -> Certificate:
    """The certificate in the file at `path`, `.toml` or `.xml`, with its name and SHA-256.

    `BenchError` names file, line and key of what is wrong or can be read in two ways.
    """
    where = Where(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        where.wrong(f"the certificate cannot be read: {error.strerror}", "name an existing file")
    return read(path.name, data, where)


def read(name: str, data: bytes, where: Where) -> Certificate:
    """The certificate in `data`, the contents of a file called `name`; raises as `load`."""
    suffix = Path(name).suffix.lower()
    if suffix == ".xml":
        from labctl.calibration import dcc

        found = dcc.parse(data, where)
    elif suffix == ".toml":
        from labctl.calibration import tomlfile

        found = tomlfile.parse(_text(data, where), where)
    else:
        where.wrong(f"{suffix or 'no suffix'}: expected .toml or .xml (a DCC)")
    check(found, where)
    sha256 = hashlib.sha256(data).hexdigest()
    return msgspec.structs.replace(found, file=name, sha256=sha256)


def _text(data: bytes, where: Where) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where.wrong(f"is not UTF-8: {error.reason} at byte {error.start}")
