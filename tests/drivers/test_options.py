"""Options of a role: texts, whole numbers and tables, each named where it is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.generic.scpi_multimeter import ScpiMultimeter
from drivers.options import Configurable, Options, finite
from drivers.rigol.dl3021 import RigolDL3021

KNOWN = ("user", "channel", "accuracy")


def test_options_or_their_defaults() -> None:
    options = Options({"user": "lab", "channel": 2}, KNOWN)
    assert options.text("user", "anonymous") == "lab"
    assert options.whole("channel", 1) == 2
    assert options.tables("accuracy") == []
    assert Options({}, KNOWN).text("user", "anonymous") == "anonymous"


def test_an_unknown_option_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"'usr'; known: user, channel, accuracy"):
        Options({"usr": "lab"}, KNOWN)


@pytest.mark.parametrize("value", [3, "a\r\nb", None])
def test_what_is_no_line_of_text(value: Any) -> None:
    with pytest.raises(ValueError, match="user"):
        Options({"user": value}, KNOWN).text("user", "")


@pytest.mark.parametrize("value", [1.0, True, "1"])
def test_what_is_no_whole_number(value: Any) -> None:
    with pytest.raises(ValueError, match="channel"):
        Options({"channel": value}, KNOWN).whole("channel", 0)


@pytest.mark.parametrize("given", [{"a": 1}, "text", [1], [{"a": 1}, 2]])
def test_what_is_no_list_of_tables_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match="accuracy"):
        Options({"accuracy": given}, KNOWN).tables("accuracy")


@pytest.mark.parametrize("value", ["1", True, None, float("nan"), float("inf")])
def test_what_is_no_finite_number(value: object) -> None:
    with pytest.raises(ValueError, match="gain"):
        finite(value, "gain")


def test_which_drivers_take_options() -> None:
    assert isinstance(ScpiMultimeter, Configurable)
    assert not isinstance(RigolDL3021, Configurable)
