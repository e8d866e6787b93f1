from __future__ import annotations

import subprocess
import sys

from labctl.platform.hosts import host_name, process_space


def test_every_process_here_says_the_same() -> None:
    code = "from labctl.platform.hosts import *; print(host_name(), process_space())"
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert other.strip() == f"{host_name()} {process_space()}".strip()
    assert host_name() == host_name().lower() != ""
