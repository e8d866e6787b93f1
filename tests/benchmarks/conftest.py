"""Benchmarks run one after the other in one process, and end in a table."""

from __future__ import annotations

import pytest

from tests.benchmarks.figures import FIGURES, as_json, table


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """No workers: two benchmarks at a time would measure each other."""
    config.option.numprocesses = 0
    config.option.tx = []
    config.option.dist = "no"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here."""
    for item in items:
        item.add_marker(pytest.mark.benchmark)
        item.add_marker(pytest.mark.timeout(300))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every figure beside its floor, then all as one line of JSON."""
    terminalreporter.section("figures")
    for line in table(FIGURES):
        terminalreporter.write_line(line)
    terminalreporter.write_line(as_json(FIGURES))
