"""Which lab serves a bench, and what the command line tells of it."""

from __future__ import annotations

import json

import pytest

from labctl.cli.served import command, server_of, tell
from labctl.errors import UsageError
from labctl.serving import ServeRequest

ROLES = {"meter": {"model": "M", "address": None, "reason": "no radio", "truth": {}}}


class Fake:
    def __init__(self) -> None:
        self.roles = ROLES
        self.lines: list[str] = []

    def command(self, line: str) -> None:
        if line == "bad":
            raise UsageError("that is wrong")
        self.lines.append(line)

    async def close(self) -> None:
        """Nothing to close."""


def test_our_lab_serves_a_bench_without_a_lab_before_it() -> None:
    _, request = server_of(ServeRequest("reference", "127.0.0.1", 7, 3))
    assert request == ServeRequest("reference", "127.0.0.1", 7, 3)
    _, request = server_of(ServeRequest("labctl/reference"))
    assert request.bench == "reference"
    _, request = server_of(ServeRequest("some/path.toml"))
    assert request.bench == "some/path.toml"


def test_the_first_line_is_json_and_the_table_is_beside_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(ROLES, table=True)
    told = capsys.readouterr()
    assert json.loads(told.out) == ROLES and told.out.count("\n") == 1
    assert "no radio" in told.err
    tell(ROLES, table=False)
    assert capsys.readouterr().err == ""


def test_a_wrong_command_is_told_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    fake = Fake()
    for line in ("heal meter", "", "bad"):
        command(fake, line)
    assert fake.lines == ["heal meter"]
    assert "bad: that is wrong" in capsys.readouterr().err
