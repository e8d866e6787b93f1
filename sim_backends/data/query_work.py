"""Operations that a search takes on the synthetic contents of docs/protocols/cut1.md: counted, data
only.

Means over 60 sets of contents with 2000 queries each (`sim_backends/models/software/contents.py`).
The mean of 60 is known to 0.1 % (hash tables, partitions) and 0.2 % (groups).
"""

from __future__ import annotations

OPERATIONS = {
    "system": {"probe": 8.0, "compare": 8.9685},
    "spyglass": {"lookup": 512.0, "partition": 8.8338, "node": 88.338, "compare": 176.675},
    "smartstore": {"node": 35.7275, "group": 11.3764, "compare": 364.046},
}
"""By role and kind, a query; one set of contents differs by 0.7 %, 0.7 % and 1.5 %."""
