"""Maps of Modbus transmitters: what they say, and what is wrong with them by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.generic.modbus_map import WrongMap, load_map

GOOD = """\
maker = "Vaisala"
model = "GMP252"
word_order = "low_first"

[identity]
object = 1
matches = "GMP25[2x]"

[serial]
object = 128

[channels.carbon_dioxide]
register = 0
type = "float32"
unit = "ppm"
low = 0.0
high = 30000.0
accuracy = { gain = 0.02, offset = 40.0, source = "GMP252 datasheet B211567EN" }

[channels.temperature]
register = 4
type = "float32"
unit = "degC"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "probe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_map_says_where_values_stand_and_how_sure_they_are(tmp_path: Path) -> None:
    found = load_map(written(tmp_path, GOOD))
    field = found.fields.fields["carbon_dioxide"]
    assert (field.register, field.kind, field.unit, field.count) == (0, "float32", "ppm", 2)
    assert field.low_word_first
    line = found.lines["carbon_dioxide"]
    assert (line.range, line.gain, line.offset, line.unit) == (30000.0, 0.02, 40.0, "ppm")
    assert set(found.lines) == {"carbon_dioxide"}
    assert found.entry.serial is not None and found.entry.serial.object == 128


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('type = "float32"\nunit = "ppm"', 'type = "real"\nunit = "ppm"', 14, "'real' is none of"),
        ('unit = "ppm"', 'unit = " "', 15, "is empty"),
        ("register = 0", "register = 65535", 13, "no register"),
        ("register = 0", 'register = "zero"', 13, "Expected `int`"),
        ("low = 0.0", "low = 40000.0", 16, "not below"),
        ("low = 0.0", "scale = 0.0", 16, "no scale"),
        ("low = 0.0", "lower = 0.0", 16, "unknown field `lower`"),
        ("gain = 0.02, offset = 40.0, ", "", 18, "expected gain or offset"),
        ("gain = 0.02", "gain = -0.02", 18, "expected gain or offset"),
        ('source = "GMP252 datasheet B211567EN"', 'source = ""', 18, "names no source"),
        ('matches = "GMP25[2x]"', 'matches = "GMP25["', 7, "unterminated"),
        ("object = 1\n", "", 5, "neither object nor register"),
        ("object = 128", "words = 4", 9, "an object or a register"),
        ('word_order = "low_first"', 'word_order = "mixed"', 3, "Invalid enum value"),
        ("[channels.temperature]", "[channels.identity]", 20, "no name of a channel"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, why: str
) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(WrongMap) as caught:
        load_map(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [("a = = 1\n", "line 1"), ("", "maker"), ('maker = "A"\nmodel = "B"', "channels")],
)
def test_a_file_that_is_no_map_is_named(tmp_path: Path, text: str, why: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(WrongMap, match=why) as caught:
        load_map(path)
    assert str(path) in str(caught.value)


def test_a_map_that_is_not_there_or_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongMap, match="absent"):
        load_map(tmp_path / "absent.toml")
    path = tmp_path / "gbk.toml"
    path.write_bytes('maker = "维萨拉"'.encode("gbk"))
    with pytest.raises(WrongMap, match=r"gbk\.toml.*utf-8"):
        load_map(path)
