"""`labctl sim serve` in a process of its own, as another party's program would use it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

PATIENCE = 60.0
"""Seconds that the server has to end; a guard against hanging only."""


class Served:
    """A bench being served inside the `with` block; `roles` is the line of JSON."""

    def __init__(self, bench: str, *options: str) -> None:
        command = [sys.executable, "-m", "labctl", "sim", "serve", bench, "--json", *options]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        self.notes: list[str] = []
        self._heard = threading.Condition()
        self._reader = threading.Thread(target=self._read, args=(self.process.stderr,))
        self._reader.start()
        first = self.process.stdout.readline()
        # A failure is a JSON document of several lines.
        failed = not first.startswith('{"')
        self.roles: dict[str, dict[str, Any]] = {} if failed else json.loads(first)
        if failed:
            self.notes.append(first + self.process.stdout.read())

    def __enter__(self) -> Served:
        if not self.roles:
            self.stop()
            raise AssertionError("\n".join(self.notes))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def endpoint(self, role: str, kind: str) -> str:
        """Where `role` is found: `visa`, `tcp`, `pty`, `modbus-tcp`, `rtu-over-tcp`."""
        return self.roles[role]["endpoints"][kind]

    def socket(self, role: str, kind: str = "tcp") -> tuple[str, int]:
        """Host and port of an endpoint."""
        host, _, port = (
            self.endpoint(role, kind).partition("//")[2].partition("?")[0].rpartition(":")
        )
        return host, int(port)

    def true(self, role: str, quantity: str) -> float:
        """The true value that the bench tells."""
        return self.roles[role]["truth"][quantity][0]

    def say(self, line: str) -> None:
        """A command on standard input; returns when it was carried out or refused."""
        assert self.process.stdin is not None
        seen = len(self.notes)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        self.hear(lambda notes: any(line in note for note in notes[seen:]))

    def hear(self, heard: Any) -> None:
        """Wait until `heard(notes)` is true of what stands on stderr."""
        with self._heard:
            assert self._heard.wait_for(lambda: heard(self.notes), PATIENCE), self.notes

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End the server; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return code

    def _read(self, stream: Any) -> None:
        for line in stream:
            with self._heard:
                self.notes.append(line.rstrip("\n"))
                self._heard.notify_all()
