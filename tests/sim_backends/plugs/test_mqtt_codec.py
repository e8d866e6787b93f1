from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.plugs import mqtt_codec as codec
from sim_backends.plugs.mqtt_codec import Framer, Malformed, Message, Packet, Reader
from tests.sim_backends.emulators.talking import pieces


@pytest.mark.parametrize(
    ("number", "data"),
    [
        # MQTT 5.0, table 1-1: the ends of one to four bytes.
        (0, "00"), (127, "7f"), (128, "8001"), (16383, "ff7f"), (16384, "808001"),
        (2097151, "ffff7f"), (268435455, "ffffff7f"),
    ],
)  # fmt: skip
def test_variable_byte_integers(number: int, data: str) -> None:
    assert codec.variable(number) == bytes.fromhex(data)


def test_a_connect_of_the_specification() -> None:
    # MQTT 3.1.1, figure 3.6: name MQTT, level 4, flags 0xCE, keep alive 10 s.
    body = bytes.fromhex("0004 4d515454 04 ce 000a") + b"".join(
        map(codec.string, ("me", "will/topic", "gone", "user", "word"))
    )
    connect = codec.read_connect(body)
    assert (connect.client, connect.level, connect.keepalive, connect.clean) == ("me", 4, 10, True)
    assert connect.will == Message("will/topic", b"gone", 1, False)


def test_version_5_tells_its_session_expiry() -> None:
    properties = bytes.fromhex("21 000a 26 0001 61 0001 62 11 0000003c".replace(" ", ""))
    body = bytes.fromhex("0004 4d515454 05 02 0000") + codec.variable(len(properties))
    connect = codec.read_connect(body + properties + codec.string("me"))
    assert (connect.level, connect.expiry, connect.client) == (5, 60, "me")


@pytest.mark.parametrize(
    "body", ["0004 4d515454 03 02 0000 0000", "0004 4d515453 04 02 0000 0000", "0004 4d51", ""]
)
def test_what_is_no_connect(body: str) -> None:
    with pytest.raises(Malformed):
        codec.read_connect(bytes.fromhex(body))


def test_a_publish_of_the_specification() -> None:
    # MQTT 3.1.1, figure 3.12: topic a/b, packet identifier 10, QoS 1.
    data = codec.publish(Message("a/b", b"x", 1), 10, codec.V311)
    assert data == bytes.fromhex("32 08 0003 612f62 000a 78")
    (each,) = Framer().feed(data)
    assert codec.read_publish(each, codec.V311) == (Message("a/b", b"x", 1), 10)


PACKETS = st.builds(Packet, st.integers(1, 14), st.integers(0, 15), st.binary(max_size=300))


@settings(derandomize=True, max_examples=50)
@given(st.lists(PACKETS, max_size=4), st.lists(st.integers(0, 1200), max_size=6))
def test_any_split_gives_the_same_packets(packets: list[Packet], cuts: list[int]) -> None:
    data = b"".join(codec.packet(each.kind, each.body, each.flags) for each in packets)
    framer = Framer()
    assert [each for piece in pieces(data, cuts) for each in framer.feed(piece)] == packets


def test_lengths_that_cannot_be() -> None:
    for data in ("10ffffffffff", "10ffffff7f"):
        with pytest.raises(Malformed):
            Framer().feed(bytes.fromhex(data))


def test_texts() -> None:
    for data in (b"\x00\x01\x00", b"\x00\x02\xc3\x28", b"\x00\x05abc"):
        with pytest.raises(Malformed):
            Reader(data).text()
