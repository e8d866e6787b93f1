from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import Agreement, Deviation, Tolerance, default, load
from labctl.errors import BenchError
from tests.labctl.judged import condition, criterion

WHOLE = """
rule = "guarded"
area_basis = "aperture area"
end_of_life = "80 % of the initial capacity"
statistic = "worst"
items = 3

[tolerances]
temperature = {value = 1, unit = "K"}
"1.2-06/temperature" = {value = 5, unit = "K"}

[about]
"1.1-06" = {value = 10, unit = "mA*h/g"}

[[deviations]]
indicator = "1.1-03"
text = "cell of 0.25 cm2"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "agreement.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_load(tmp_path: Path) -> None:
    agreement = load(written(tmp_path, WHOLE))
    assert agreement == Agreement(
        rule="guarded",
        area_basis="aperture area",
        end_of_life="80 % of the initial capacity",
        statistic="worst",
        items=3,
        tolerances={"temperature": Tolerance(1.0, "K"), "1.2-06/temperature": Tolerance(5.0, "K")},
        about={"1.1-06": Tolerance(10.0, "mA*h/g")},
        deviations=(Deviation("1.1-03", "cell of 0.25 cm2"),),
    )


def test_lookups(tmp_path: Path) -> None:
    agreement = load(written(tmp_path, WHOLE))
    hot = condition("temperature", 50, "degC")
    assert agreement.tolerance_of("1.2-06", hot) == Tolerance(5.0, "K")
    assert agreement.tolerance_of("5.2-01", hot) == Tolerance(1.0, "K")
    assert agreement.tolerance_of("5.2-01", condition("current", 1, "A")) is None
    assert agreement.about_of("1.1-06", criterion("about", 500)) == Tolerance(10.0, "mA*h/g")
    assert agreement.about_of("1.1-07", criterion("about", 500)) is None
    assert [d.text for d in agreement.deviations_of("1.1-03")] == ["cell of 0.25 cm2"]
    assert agreement.deviations_of("1.1-04") == ()


def test_the_hash_is_that_of_the_meaning(tmp_path: Path) -> None:
    agreement = load(written(tmp_path, WHOLE))
    shuffled = "# remark\n" + WHOLE.replace("items = 3\n", "").replace("rule", "items = 3\nrule", 1)
    assert load(written(tmp_path, shuffled)).sha256 == agreement.sha256
    assert len(agreement.sha256) == 64
    other = load(written(tmp_path, WHOLE.replace("value = 5", "value = 6")))
    assert other.sha256 != agreement.sha256


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == default()
    assert load(written(tmp_path, "\ufeff")).sha256 == default().sha256
    assert default().rule == "non-binary"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('rule = "strict"', "key rule: Invalid enum value 'strict'"),
        ("rule = 5", "key rule: Expected `str`"),
        ('colour = "red"', "unknown field `colour`"),
        ("items = 0", "key items: expected 1 or more, got 0"),
        ('items = "three"', "key items: Expected `int`"),
        ("[tolerances]\nt = 5", 'key tolerances."t": Expected `object`'),
        ("[tolerances]\nt = {value = 5}", 'key tolerances."t": .*missing required field `unit`'),
        (
            '[tolerances]\nt = {value = -5, unit = "K"}',
            'key tolerances."t".value: expected a number above 0, got -5',
        ),
        ('[tolerances]\nt = {value = nan, unit = "K"}', "expected a number above 0, got nan"),
        ('[about]\nx = {value = 5, unit = "frobs"}', "key about.\"x\".unit: unknown unit 'frobs'"),
        ('[[deviations]]\ntext = "x"', "missing required field `indicator`"),
        ('rule = "simple"\nrule = "simple"', "not TOML: .*line 2"),
        ("rule = ", "not TOML: .*line 1"),
    ],
)
def test_a_malformed_file_names_line_or_key(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BenchError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="cannot be read"):
        load(tmp_path / "absent.toml")
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"rule = \xff")
    with pytest.raises(BenchError, match="not TOML"):
        load(bad)
