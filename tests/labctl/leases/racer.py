"""A process that takes leases and gives them back as it is told, a line at a time.

    python racer.py FOLDER RUN HOST BEAT ADDRESS...

`take SECONDS` waits that long and answers `got N`, with the number of leases taken over, `refused`,
or `both` where it got what another process has. `free` gives back, `keep PID` names a process that
uses the bench too.
"""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack
from pathlib import Path


def main(folder: Path, run: str, host: str, beat: float, addresses: dict[str, str]) -> None:
    """Carry out standard input."""
    import labctl.platform.hosts

    if host:
        labctl.platform.hosts.host_name = lambda: host  # before anybody asks
    from labctl.errors import BenchError
    from labctl.leases import Held, taken

    stack, held, marker = ExitStack(), Held(), folder.with_suffix(".held")
    print("ready", flush=True)
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        try:
            if command == "take":
                threading.Event().wait(float(argument))
                held = stack.enter_context(taken(addresses, run, folder, beat=beat))
                marker.touch(exist_ok=False)
                stack.callback(marker.unlink)
                print(f"got {len(held.taken_over)}", flush=True)
            elif command == "free":
                stack.close()
                print("free", flush=True)
            else:
                held.keep(int(argument))
                print("kept", flush=True)
        except BenchError:
            print("refused", flush=True)
        except FileExistsError:
            print("both", flush=True)


if __name__ == "__main__":
    places = {f"role{number}": address for number, address in enumerate(sys.argv[5:])}
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]), places)
