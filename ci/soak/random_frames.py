"""Random frames at every emulator, far more of them than the tests send.

`python -m ci.soak.random_frames [FRAMES] [SEED]` prints one line an emulator and ends with 1 where
one raised. The result is kept in ci/soak/results/random_frames.txt with its date and seed.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from labctl.clock import stopwatch, wall
from sim_backends.streams import stream
from tests.sim_backends.emulators.found import address_of, make, names
from tests.sim_backends.emulators.hammer import hammer, hammer_attributes, known

FRAMES, SEED = 100_000, 1


def frames_of(name: str) -> Callable[[int, int], float]:
    """Sends (count, seed) random frames to a fresh emulator; gives the run time in s at the end."""

    def send(count: int, seed: int) -> float:
        rng = stream(seed, "random frames", name)
        if address_of(name) == "sim:ble":
            return hammer_attributes(make(name), count, rng)
        return hammer(make(name), known(name), count, rng)

    return send


def main(arguments: list[str]) -> int:
    """Run it; the number of emulators that raised, at most 1."""
    count = int(arguments[0]) if arguments else FRAMES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    print(f"{wall():%Y-%m-%d}: {count} random frames at each emulator, seed {seed}", flush=True)
    failed = 0
    for name in names():
        began = stopwatch()
        try:
            end = frames_of(name)(count, seed)
        except Exception:
            failed = 1
            print(f"{name:26} RAISED\n{traceback.format_exc()}", flush=True)
        else:
            took = stopwatch() - began
            print(f"{name:26} ok, {end:10.0f} s of run time in {took:6.1f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
