"""What lies where in a bundle.

ro-crate-metadata.json      what it is, as RO-Crate 1.2 (JSON-LD)
labctl-manifest.json        every file with size and SHA-256: what is signed and time-stamped
labctl-manifest.sig         signature over that file, 64 bytes (Ed25519)
labctl-manifest.tsr         RFC 3161 response over that file, and its SHA-256 beside it
run/                        the run's folder: journal, manifest, attachments
readings.parquet, .csv      all readings as tables
report.html, report.zh.html
benches/ certificates/ indicators/ verdicts/ code/
agreement.json provenance.json register.json
"""

from __future__ import annotations

from pathlib import Path

METADATA = "ro-crate-metadata.json"
MANIFEST = "labctl-manifest.json"
SIGNATURE = "labctl-manifest.sig"
TOKEN = "labctl-manifest.tsr"
TOKEN_SUM = "labctl-manifest.tsr.sha256"
"""In the form of `sha256sum`, so that every byte of the token is covered."""

RUN = "run"
REGISTER = "register.json"
PROVENANCE = "provenance.json"
AGREEMENT = "agreement.json"

SEALS = (MANIFEST, SIGNATURE, TOKEN, TOKEN_SUM)
"""Files that the manifest does not list, since they seal it."""


def is_crate(path: Path) -> bool:
    """Whether the folder `path` is a bundle."""
    return (path / MANIFEST).is_file() and (path / METADATA).is_file()


def crate_name(run: str) -> str:
    """Name of the folder of a bundle of the run `run`; that of the archive has .zip behind it."""
    return f"{run}.crate"
