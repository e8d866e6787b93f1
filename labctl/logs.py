"""Logs: JSON lines in the run's folder, human lines on stderr, nothing on stdout.

All modules log through the standard library, under the logger `labctl` or their own name.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

PACKAGES = ("labctl", "drivers", "rigs", "procedures", "sim_backends")
"""Loggers whose records are kept in full; of others warnings are."""


class JsonLines(logging.Formatter):
    """One JSON object a record: wall-clock time, level, logger, message, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        row: dict[str, object] = {
            "utc": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False, default=str)


class HumanLines(logging.Formatter):
    """One line a record; tracebacks stand in the run's log."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, logger and message."""
        return f"{record.levelname.lower()} {record.name}: {record.getMessage()}"


@contextmanager
def run_log(path: Path) -> Generator[None]:
    """Log into the JSON lines file `path` inside the `with` block."""
    handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(JsonLines())
    handler.addFilter(_is_kept)
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in PACKAGES}
    for name in PACKAGES:
        logging.getLogger(name).setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def to_stderr(level: int = logging.WARNING) -> None:
    """Show records of `level` and above as human lines on stderr, from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(HumanLines())
    logging.getLogger().addHandler(handler)


def _is_kept(record: logging.LogRecord) -> bool:
    ours = record.name.partition(".")[0] in PACKAGES
    return ours or record.levelno >= logging.WARNING
