"""Random frames at every emulator, far more of them than the tests send.

`python -m ci.soak.random_frames [FRAMES] [SEED]` prints one line an emulator and ends with 1 where
one raised. The result is kept in ci/soak/results/random_frames.txt with its date and seed.
"""

from __future__ import annotations

import sys
import traceback

from drivers.conformance.folder import folder_of
from labctl.clock import stopwatch, wall
from labctl.discovery import installed_labs
from rigs.conformance.checks import stand_of
from rigs.conformance.places import Place, places
from sim_backends.conformance.rules import hammered

FRAMES, SEED = 100_000, 1


def every_place() -> dict[str, Place]:
    """Where each emulator stands on the bench `reference`, by its name."""
    found = {place.emulator: place for place in reversed(places(installed_labs()[0]))}
    return dict(sorted(found.items()))


def main(arguments: list[str]) -> int:
    """Run it; the number of emulators that raised, at most 1."""
    count = int(arguments[0]) if arguments else FRAMES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    print(f"{wall():%Y-%m-%d}: {count} random frames at each emulator, seed {seed}", flush=True)
    failed = 0
    for name, place in every_place().items():
        began = stopwatch()
        try:
            end = hammered(stand_of(place, folder_of("drivers")), count, seed)
        except Exception:
            failed = 1
            print(f"{name:26} RAISED\n{traceback.format_exc()}", flush=True)
        else:
            took = stopwatch() - began
            print(f"{name:26} ok, {end:10.0f} s of run time in {took:6.1f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
