"""Commands to the Neware BTS server: well-formed, naming their channel."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import neware
from drivers.codecs.neware import Place

PLACES = st.builds(
    Place,
    st.just("127.0.0.1"),
    st.integers(1, 99),
    st.integers(1, 999),
    st.integers(1, 99),
    st.integers(1, 99),
)
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)


def body(text: str) -> ElementTree.Element:
    assert text.startswith(neware.HEAD)
    assert neware.END not in text
    return ElementTree.fromstring(text)


@given(PLACES, NAMES, NAMES, NAMES)
def test_a_start_carries_any_names(place: Place, test: str, program: str, folder: str) -> None:
    root = body(neware.start(place, test, program, folder))
    start, backup = root.find("list/start"), root.find("list/backup")
    assert start is not None and backup is not None
    assert (start.get("barcode"), start.text) == (test, program)
    assert start.get("chlid") == str(place.channel)
    assert backup.get("backupdir") == folder


@given(PLACES, st.sampled_from(["inquire", "stop", "clearflag", "light"]))
def test_a_command_names_its_channel(place: Place, command: str) -> None:
    root = body(neware.to_channel(command, place, more='aux="0"'))
    assert root.findtext("cmd") == command
    row = root.find(f"list/{command}")
    assert row is not None and row.text == "true"
    named = (row.get("devtype"), row.get("devid"), row.get("subdevid"), row.get("chlid"))
    wanted = (place.devtype, place.devid, place.subdevid, place.channel)
    assert named == tuple(map(str, wanted))


@given(NAMES, NAMES)
def test_a_log_in_carries_any_password(user: str, password: str) -> None:
    root = body(neware.connect(user, password))
    assert (root.findtext("username"), root.findtext("password")) == (user, password)


@given(PLACES, st.integers(1, 10**9), st.integers(0, 1000))
def test_a_download_says_from_where(place: Place, first: int, count: int) -> None:
    row = body(neware.download(place, first, count)).find("download")
    assert row is not None
    assert (row.get("startpos"), row.get("count")) == (str(first), str(count))
    assert body(neware.download_steps(place)).find("downloadStepLayer") is not None
