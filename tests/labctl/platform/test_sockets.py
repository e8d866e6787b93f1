from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from labctl.platform.sockets import listen_locally


def test_what_is_written_is_there_at_once() -> None:
    if sys.platform == "win32":
        pytest.skip("no sockets in the file system")
    listener = listen_locally()
    assert listener is not None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(listener.path)
        client.sendall(b"here")
        accepted, _ = listener.socket.accept()
        accepted.setblocking(False)
        assert accepted.recv(10) == b"here"
        accepted.close()
    listener.close()
    listener.close()
    assert not Path(listener.path).parent.exists()
