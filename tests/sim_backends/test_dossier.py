"""The simulated dossier: real files in the format of docs/dossier.md, repeatable."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from labctl.errors import UsageError
from sim_backends import dossier
from sim_backends.dossiers import files, numbers
from sim_backends.dossiers.rows import row

PATENTS = {"quantity": "patent_applications", "op": ">=", "value": 5, "unit": "patent"}
COST = {"quantity": "cell_cost", "op": "<=", "value": 350, "unit": "yuan/(kW*h)"}
HEIGHT = {"quantity": "tower_height", "op": ">=", "value": 300, "unit": "m"}
REGIONS = {"aspect": "regions", "text": "countries in Asia"}
MODALITIES = {"aspect": "must_include", "text": "text, image"}


def index(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "dossier.toml").read_text(encoding="utf-8"))


def entries(folder: Path) -> list[dict[str, object]]:
    found = index(folder).get("entry", [])
    assert isinstance(found, list)
    return found


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        dossier.write(tmp_path / name, "5.3-16", [PATENTS], seed=seed)
    texts = {n: (tmp_path / n / "dossier.toml").read_bytes() for n in "abc"}
    assert texts["a"] == texts["b"] != texts["c"]
    assert b"\r" not in texts["a"]


def test_a_conforming_one_has_a_real_file_for_every_entry(tmp_path: Path) -> None:
    dossier.write(tmp_path, "5.3-16", [PATENTS])
    found = entries(tmp_path)
    assert len(found) >= 5
    for entry in found:
        raw = (tmp_path / str(entry["file"])).read_bytes()
        assert raw.startswith(b"%PDF-1.4")
        assert raw.endswith(b"%%EOF\n")
    assert len({entry["number"] for entry in found}) == len(found)


def test_names_mark_it_as_simulated(tmp_path: Path) -> None:
    dossier.write(tmp_path, "5.3-16", [PATENTS])
    found = index(tmp_path)
    assert str(found["prepared_by"]).startswith("SIM-")
    assert str(found["checked_by"]).startswith("SIM-")


def test_defects_are_of_many_kinds(tmp_path: Path) -> None:
    counts, signatures, absent = set[int](), set[str](), 0
    for seed in range(60):
        folder = tmp_path / str(seed)
        dossier.write(folder, "5.3-16", [PATENTS], dut="failing", seed=seed)
        found = entries(folder)
        counts.add(len(found))
        signatures |= {str(e["checked_by"]) for e in found if "checked_by" in e}
        absent += sum(not (folder / str(e["file"])).exists() for e in found)
    assert counts == {4, 5}
    assert signatures == {"-", dossier.PREPARER}
    assert absent > 0


def test_costs_add_up_to_the_good_or_the_bad_side(tmp_path: Path) -> None:
    one = row(COST)
    assert one.figure(True) < 350 < one.figure(False)
    dossier.write(tmp_path, "2.2-16", [COST])
    first, *rest = entries(tmp_path)
    consumption, price = first["consumption"], first["price"]
    assert isinstance(consumption, dict)
    assert isinstance(price, dict)
    total = consumption["value"] * price["value"] + sum(float(str(e["amount"])) for e in rest)
    assert total == pytest.approx(one.figure(True))


def test_conditions_are_written_as_they_hold(tmp_path: Path) -> None:
    present = {"quantity": "tower_design_method", "op": "present"}
    dossier.write(tmp_path, "1.4-04", [present], [HEIGHT, REGIONS, MODALITIES])
    found = index(tmp_path)
    assert found["aspects"] == {"regions": "countries in Asia"}
    condition = found["condition"]
    assert isinstance(condition, list)
    assert condition[0]["value"] > 300
    assert (tmp_path / condition[0]["file"]).stat().st_size > 0
    assert entries(tmp_path)[0]["contains"] == ["text", "image"]


def test_what_it_cannot_make_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nominal or failing"):
        dossier.write(tmp_path, "1", [PATENTS], dut="drawn")
    with pytest.raises(UsageError, match="shows no within"):
        dossier.write(tmp_path, "1", [{**PATENTS, "op": "within"}])


def test_check_digits_are_those_of_real_numbers() -> None:
    """The rule of the page; EP 16839078.9 exists, the other was worked out by hand: 144 mod 11."""

    class Fixed(random.Random):
        def __init__(self, number: int) -> None:
            super().__init__(0)
            self.number = number

        def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
            return self.number

    assert numbers.chinese_application(Fixed(1034445), 2017) == "CN 201711034445.1"
    assert numbers.european_application(Fixed(839078), 2016) == "EP 16839078.9"


def test_toml_survives_quotes_and_other_scripts() -> None:
    text = files.toml({"a": 'x "y" \\ 膜', "b": [1.5, 2], "t": {"k": True}, "e": [{"f": 'q"'}]})
    assert tomllib.loads(text) == {
        "a": 'x "y" \\ 膜',
        "b": [1.5, 2],
        "t": {"k": True},
        "e": [{"f": 'q"'}],
    }


def test_a_page_of_text_is_a_pdf_with_a_true_cross_reference() -> None:
    raw = files.pdf(["Title (1)", "膜 \\"])
    start = int(raw.split(b"startxref\n")[1].split(b"\n")[0])
    assert raw[start:].startswith(b"xref\n0 6\n")
    for number, line in enumerate(raw[start:].split(b"\n")[3:8], 1):
        assert raw[int(line[:10]) :].startswith(b"%d 0 obj" % number)
