"""The journal of a run: one SQLite file, append-only, chained by hashes.

`Journal` writes it from the run's event loop, `Reader` reads it, also while it is being written or
after its writer was killed, `verify_chain` tells whether it is what was written, `dump` prints
what two runs with the same seed have in common.
"""

from __future__ import annotations

from labctl.journal.checking import ChainReport, verify_chain
from labctl.journal.dump import dump
from labctl.journal.reader import Reader
from labctl.journal.schema import SCHEMA_VERSION
from labctl.journal.writer import Journal

__all__ = ["SCHEMA_VERSION", "ChainReport", "Journal", "Reader", "dump", "verify_chain"]
