"""Our own format of a certificate."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.calibration import Certificate, Distribution, Point, Table
from labctl.calibration import tomlfile as module
from labctl.calibration.files import load, read
from labctl.calibration.refusal import Where
from labctl.calibration.tomlfile import dumped, parse
from labctl.errors import BenchError

EXAMPLE = (module.__doc__ or "").split("```toml\n")[1].split("```")[0]


def test_the_example_of_the_documentation() -> None:
    found = read("c.toml", EXAMPLE.encode("utf-8"), Where("c.toml"))
    assert (found.number, found.serial) == ("2026-0117", "04501234")
    assert (found.calibrated, found.due, found.as_found) == ("2026-01-17", "2027-01-17", "within")
    (table,) = found.tables
    assert (table.function, table.range, table.temperature) == ("voltage", 2.0, (22.5, 23.5))
    assert [point.k for point in table.points] == [2.0, 2.0, 2.1]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('number = "2026-0117"\n', "", ("number",)),
        ('serial = "04501234"', "serial = 4501234", (":3", "serial", "Expected `str`")),
        ('serial = "04501234"', 'serial = ""', ("serial", "empty")),
        ("due = 2027-01-17", "due = 2025-01-17", ("due", "before")),
        ("due = 2027-01-17", 'due = "soon"', (":5", "due")),
        ('as_found = "within"', 'as_found = "good"', ("as_found",)),
        ('unit = "V"', 'unit = "wombats"', ("tables.0.unit", "wombats")),
        ('unit = "V"', 'units = "V"', (":8", "tables[0]", "units")),
        ("range = 2.0", "range = -2.0", ("tables.0.range",)),
        ("k = 2\n", "", (":8", "points.0", "states no k")),
        ("k = 2\n", 'k = 2\ndistribution = "t"\n', ("freedom",)),
        ("k = 2\n", 'k = 2\ndistribution = "rectangular"\n', ("points.0", "half width")),
        ("k = 2\n", "k = 2\nfreedom = 7\n", ("freedom",)),
        ("U = 9.0e-6", "U = 0", ("points.0", "above 0")),
        ("reading = 1.0", "reading = nan", ("points.1", "finite")),
        ("reading = 1.0", "reading = 0.2", ("points.1", "does not follow 0.2")),
        ("temperature = [22.5, 23.5]", "temperature = [295.5, 296.5]", ("temperature",)),
        ("points = [", "points = [}", ("TOML",)),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, words: tuple[str, ...]) -> None:
    assert old in EXAMPLE
    with pytest.raises(BenchError) as caught:
        read("c.toml", EXAMPLE.replace(old, new).encode("utf-8"), Where("c.toml"))
    assert all(word in caught.value.message for word in ("c.toml", *words)), caught.value.message


def test_two_tables_of_one_range_and_other_files(tmp_path: Path) -> None:
    tables = EXAMPLE[EXAMPLE.index("[[tables]]") :]
    path = tmp_path / "twice.toml"
    path.write_text(EXAMPLE + tables, encoding="utf-8")
    with pytest.raises(BenchError, match="two tables of voltage"):
        load(path)
    with pytest.raises(BenchError, match="cannot be read"):
        load(tmp_path / "none.toml")
    other = tmp_path / "certificate.pdf"
    other.write_bytes(b"%PDF")
    with pytest.raises(BenchError, match=r"expected \.toml"):
        load(other)
    path.write_bytes(b"number = '\xff'")
    with pytest.raises(BenchError, match="UTF-8"):
        load(path)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=12)
SIZE = st.floats(1e-9, 1e3)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    readings = sorted(draw(st.sets(st.floats(-1e6, 1e6), min_size=1, max_size=4)))
    distribution: Distribution = draw(st.sampled_from(["normal", "t", "rectangular"]))
    k = 1.0 if distribution == "rectangular" else draw(st.floats(1.0, 4.0))
    points = [Point(x, draw(st.floats(-1.0, 1.0)), draw(SIZE), k) for x in readings]
    freedom = draw(st.floats(1.0, 99.0)) if distribution == "t" else 0.0
    function = draw(st.sampled_from(["", "voltage"]))
    full = 2.0 if function else 0.0
    warm = draw(st.none() | st.just((22.5, 23.5)))
    return Table(draw(TEXT), "V", tuple(points), function, full, distribution, freedom, warm)


@settings(max_examples=50, derandomize=True)
@given(
    st.builds(
        Certificate,
        number=TEXT,
        laboratory=TEXT,
        serial=TEXT,
        calibrated=st.just("2026-02-03"),
        due=st.sampled_from(["", "2027-02-03"]),
        as_found=st.sampled_from(["", "within", "outside"]),
        adjusted=st.booleans(),
        tables=st.tuples(tables()) | st.just(()),
        unread=st.tuples(TEXT) | st.just(()),
    )
)
def test_what_is_written_is_read_back(certificate: Certificate) -> None:
    again = parse(dumped(certificate), Where("c.toml"))
    assert msgspec.json.encode(again) == msgspec.json.encode(certificate)
