from __future__ import annotations

import json

import pytest

from labctl.cli.failure import fail, line
from labctl.errors import Defect, LabError, LinkError, UsageError
from labctl.i18n import using

ERROR = LinkError(
    "no answer", address="visa://X", command="READ?\n", answer="", remedy="look at the cable"
)


def test_an_error_is_one_line_with_what_is_known() -> None:
    text = line(ERROR.as_dict())
    assert text == (
        "Error: no answer; address: visa://X; command: READ?; remedy: look at the cable"
    )


def test_an_error_speaks_chinese() -> None:
    with using("zh"):
        assert line(ERROR.as_dict()).startswith("错误：no answer; 地址: visa://X")


@pytest.mark.parametrize(("error", "code"), [(UsageError("x"), 3), (Defect("x"), 4)])
def test_the_error_decides_the_code(
    error: LabError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fail(error, as_json=False) == code
    assert capsys.readouterr() == ("", "Error: x\n")


def test_json_errors_stand_alone_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    fail(ERROR, as_json=True)
    out, err = capsys.readouterr()
    assert json.loads(out) == {"error": ERROR.as_dict()}
    assert err == ""
