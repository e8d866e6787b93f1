"""A vendor's blocking library, as an SDK link serves it in a process of its own."""

from __future__ import annotations

import os
import time

from drivers.links.sdk_server import serve


def _fail() -> None:
    raise RuntimeError("no camera")


def _chatter() -> str:
    print("a banner on standard output")
    return "quiet"


if __name__ == "__main__":
    serve({
        "double": lambda value: 2 * value,
        "image": lambda size: bytes(size),
        "hang": lambda: time.sleep(60),
        "die": lambda: os._exit(3),
        "fail": _fail,
        "chatter": _chatter,
        "odd": object,
        "pid": os.getpid,
    })
