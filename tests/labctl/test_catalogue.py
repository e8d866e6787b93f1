from __future__ import annotations

import msgspec
import pytest

from labctl.catalogue import GENERATED, load
from labctl.errors import UsageError
from labctl.mapfile import encoded, read_all

CATALOGUE = load()


def test_the_generated_file_equals_the_yaml() -> None:
    directions = read_all()
    assert CATALOGUE.directions == directions
    assert encoded(directions) == GENERATED.read_bytes().replace(b"\r\n", b"\n")


def test_the_whole_map_is_there() -> None:
    assert len(CATALOGUE.directions) == 107
    assert len(CATALOGUE) == 1084
    kinds = [indicator.evidence for indicator in CATALOGUE]
    counts = [kinds.count(kind) for kind in ("measured", "evaluated", "document")]
    assert counts == [547, 208, 329]
    assert CATALOGUE.fields == tuple(str(field) for field in range(1, 11))


def test_get() -> None:
    indicator = CATALOGUE.get("1.1-03")
    assert indicator.criterion("power_conversion_efficiency").value == 20.0
    assert indicator.nominal == {"power_conversion_efficiency": 21.4}
    assert CATALOGUE.direction_of(indicator).slug == "flexible-perovskite-zinc-ion-photostorage"
    assert "1.1-03" in CATALOGUE
    assert "1.1-99" not in CATALOGUE


@pytest.mark.parametrize(
    ("wrong", "near"), [("1.1-99", "1.1-09"), ("1.1-3", "1.1-03"), ("5.2_05", "5.2-05")]
)
def test_a_wrong_id_names_its_neighbours(wrong: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        CATALOGUE.get(wrong)
    assert near in caught.value.remedy
    assert near in CATALOGUE.nearest(wrong)
    with pytest.raises(UsageError, match="nearest"):
        CATALOGUE.select(wrong)


def test_nothing_is_near_to_nonsense() -> None:
    assert CATALOGUE.nearest("quux") == ()
    with pytest.raises(UsageError, match="lists all"):
        CATALOGUE.direction("quux")


@pytest.mark.parametrize(
    ("targets", "count"),
    [(("1.1-03",), 1), (("1.1",), 15), (("all",), 1084), (("1.1-03", "1.1"), 15), ((), 0)],
)
def test_select(targets: tuple[str, ...], count: int) -> None:
    assert len(CATALOGUE.select(*targets)) == count


def test_a_field_is_all_its_directions() -> None:
    chosen = CATALOGUE.select("1")
    assert {indicator.field for indicator in chosen} == {"1"}
    assert len(chosen) == sum(len(d.indicators) for d in CATALOGUE.directions if d.field == "1")


def test_search() -> None:
    assert CATALOGUE.search("5.2") == CATALOGUE.direction("5.2").indicators
    assert [i.id for i in CATALOGUE.search("pv_iv_sweep 1.1-")] == ["1.1-03", "1.1-12"]
    assert "1.1-03" in [i.id for i in CATALOGUE.search("钙钛矿 效率")]
    assert CATALOGUE.search("Power CONVERSION") == CATALOGUE.search("power conversion")
    assert CATALOGUE.search("quux") == ()
    assert len(CATALOGUE.search("")) == 1084


def test_an_id_is_there_once() -> None:
    with pytest.raises(UsageError, match=r"1\.1-01 is there twice"):
        CATALOGUE.extended(CATALOGUE.directions[:1])


def test_a_lab_adds_its_own() -> None:
    ours = CATALOGUE.direction("1.1")
    replace = msgspec.structs.replace
    own = replace(ours.indicators[2], id="acme/leak-01", direction="acme/leak")
    both = CATALOGUE.extended([replace(ours, id="acme/leak", indicators=(own,))])
    assert both.get("acme/leak-01").lab == "acme"
    assert both.select("acme") == both.select("acme/leak") == (own,)
    assert both.select("1.1") == ours.indicators
    assert both.fields[-1] == "acme"
    assert both.nearest("acme/leek-01")[0] == "acme/leak-01"
