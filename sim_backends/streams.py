"""Random streams keyed by (seed, instrument, purpose).

One more reading of one instrument moves no other stream, so a run with the same seed repeats.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """An independent generator for `seed` (any integer) and `names` (instrument, purpose...)."""
    key = "\x1f".join([str(seed), *names]).encode("utf-8")
    words = np.frombuffer(hashlib.sha256(key).digest(), dtype=np.uint32)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words.tolist())))
