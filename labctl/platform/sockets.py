"""Stream sockets in the file system: what is written is there for the reader at once."""

from __future__ import annotations

import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LocalListener:
    """A listening `socket` that clients of this machine find at `path`."""

    socket: socket.socket
    path: str
    folder: tempfile.TemporaryDirectory[str]

    def close(self) -> None:
        """Listen no longer and take the path away. Closing twice is no error."""
        self.socket.close()
        self.folder.cleanup()


def listen_locally() -> LocalListener | None:
    """A new listener at a path of its own; None where the system has no such sockets."""
    if sys.platform == "win32":
        return None
    folder = tempfile.TemporaryDirectory(prefix="labctl-")
    path = str(Path(folder.name) / "line")
    opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    opened.bind(path)
    opened.listen()
    opened.setblocking(False)
    return LocalListener(opened, path, folder)
