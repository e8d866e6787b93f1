"""What a learned cache truly does on the workload of docs/protocols/cut1.md: counted, data only.

Means over 300 traces of `sim_backends/models/software/workload.py`, by the function that each
table names; standard deviations of one trace beside them. The mean of 300 has a twentieth of it.
"""

from __future__ import annotations

SKILLS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RELATIVE_HITS = (
    *(0.82946, 0.84996, 0.86814, 0.88326, 0.89872, 0.91175),
    *(0.92174, 0.93090, 0.93920, 0.94608, 0.95182),
)
"""`relative_hits` of `LearnedCache(skill=...)`; one trace 0.018 at 0, 0.010 at 0.5, 0.006 at 1."""

RESERVES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
UTILISATION = (0.998032, 0.898159, 0.798148, 0.698142, 0.598139, 0.498168)
"""`utilisation` of `LearnedCache(reserve=...)` over 100 traces; one trace 0.0001, but 0.0005 at 0,
where a trace is half over before the cache is full."""
