"""`python -m labctl.guardian RUN_FOLDER [--adopt]`: labctl starts it, nobody else."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from labctl.errors import LabError
from labctl.guardian.main import guard
from labctl.logs import to_stderr


def main() -> int:
    """Guard the run that the command line names; returns the exit code."""
    to_stderr(logging.INFO)
    logging.getLogger("labctl").setLevel(logging.INFO)
    try:
        guard(Path(sys.argv[1]), adopt="--adopt" in sys.argv[2:])
    except LabError as error:
        logging.getLogger(__name__).error("%s", error)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
