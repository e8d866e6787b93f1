"""A run that kills its own process: `python -m tests.system.dimension_dying RUNS ITEM N`.

It dies in the midst of the N-th reading that it records.
"""

from __future__ import annotations

import sys
from pathlib import Path

from labctl.engine import execute
from tests.system.photocharging_dying import dying, request

if __name__ == "__main__":
    dying(int(sys.argv[3]))
    execute(request(Path(sys.argv[1]), sys.argv[2]))
