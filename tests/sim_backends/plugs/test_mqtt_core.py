from __future__ import annotations

import random

from sim_backends.plugs import mqtt_codec as codec
from sim_backends.plugs.mqtt_codec import Framer, Message, Packet
from sim_backends.plugs.mqtt_core import Core


class Client:
    """A client in bytes, with the broker's end of its connection."""

    def __init__(self, core: Core) -> None:
        self.sent = b""
        self.closed = False
        self._framer = Framer()
        self.peer = core.peer(self._take, self._close)

    def _take(self, data: bytes) -> None:
        self.sent += data

    def _close(self) -> None:
        self.closed = True

    def connect(self, name: str, *, level: int = 4, clean: bool = True, will: str = "") -> None:
        flags = clean << 1 | (0x04 if will else 0)
        body = codec.string("MQTT") + bytes((level, flags, 0, 60))
        body += b"\0" if level == 5 else b""
        body += codec.string(name)
        if will:
            body += (b"\0" if level == 5 else b"") + codec.string(will) + codec.string("gone")
        self.give(codec.CONNECT, body)

    def give(self, kind: int, body: bytes = b"", flags: int = 0) -> None:
        self.peer.receive(codec.packet(kind, body, flags))

    def subscribe(self, text: str, qos: int = 0, level: int = 4) -> None:
        extra = b"\0" if level == 5 else b""
        self.give(codec.SUBSCRIBE, b"\0\x01" + extra + codec.string(text) + bytes((qos,)), 2)

    def publish(self, topic: str, payload: bytes, *, qos: int = 0, retain: bool = False) -> None:
        self.peer.receive(codec.publish(Message(topic, payload, qos, retain), 7, 4))

    def packets(self) -> list[Packet]:
        data, self.sent = self.sent, b""
        return self._framer.feed(data)

    def messages(self, level: int = 4) -> list[Message]:
        found = [each for each in self.packets() if each.kind == codec.PUBLISH]
        return [codec.read_publish(each, level)[0] for each in found]


def joined(core: Core, name: str, *, will: str = "", clean: bool = True) -> Client:
    client = Client(core)
    client.connect(name, will=will, clean=clean)
    assert client.packets()[0].body[1] == 0
    return client


def test_answers_byte_for_byte() -> None:
    # MQTT 3.1.1: CONNACK 3.2, SUBACK 3.9, UNSUBACK 3.11, PINGRESP 3.13, PUBACK 3.4.
    client = Client(Core())
    client.connect("a")
    client.subscribe("x/#", 2)
    client.give(codec.UNSUBSCRIBE, b"\0\x02" + codec.string("x/#"), 2)
    client.give(codec.PINGREQ)
    client.publish("x", b"1", qos=1)
    assert client.sent == bytes.fromhex("20020000 9003000101 b0020002 d000 40020007")


def test_version_5_answers() -> None:
    client = Client(Core())
    client.connect("a", level=5)
    client.subscribe("x", 1, level=5)
    assert client.sent == bytes.fromhex("2005 00 00 02 24 01 9004 0001 00 01")


def test_quality_is_the_lower_of_both_and_one_copy_is_sent() -> None:
    core = Core()
    one, two = joined(core, "one"), joined(core, "two")
    one.subscribe("lab/+/ppm", 0)
    one.subscribe("lab/#", 1)
    one.packets()
    two.publish("lab/a/ppm", b"800", qos=1)
    two.publish("lab/a/ppm", b"801", qos=0)
    assert one.messages() == [Message("lab/a/ppm", b"800", 1), Message("lab/a/ppm", b"801", 0)]


def test_retained_messages_come_late_marked_and_are_forgotten() -> None:
    core = Core()
    one, two = joined(core, "one"), joined(core, "two")
    one.publish("state", b"on", retain=True)
    two.subscribe("state")
    assert two.messages() == [Message("state", b"on", 0, True)]
    one.publish("state", b"", retain=True)
    assert two.messages() == [Message("state", b"", 0, False)]
    two.subscribe("state")
    assert two.messages() == []


def test_a_will_is_for_a_broken_connection() -> None:
    core = Core()
    watcher = joined(core, "watcher")
    watcher.subscribe("#")
    watcher.packets()
    polite, broken = joined(core, "polite", will="p"), joined(core, "broken", will="b")
    polite.give(codec.DISCONNECT)
    broken.peer.lose()
    assert watcher.messages() == [Message("b", b"gone")]


def test_a_second_client_of_the_same_name_throws_the_first_out() -> None:
    core = Core()
    first = joined(core, "same")
    joined(core, "same")
    assert first.closed


def test_a_kept_session_gets_what_it_missed_and_what_it_did_not_acknowledge() -> None:
    core = Core()
    away = joined(core, "away", clean=False)
    away.subscribe("q", 1)
    other = joined(core, "other")
    other.publish("q", b"1", qos=1)
    away.packets()
    away.peer.lose()
    other.publish("q", b"2", qos=1)
    other.publish("q", b"3", qos=0)
    again = Client(core)
    again.connect("away", clean=False)
    connack, *rest = again.packets()
    assert connack.body == b"\x01\x00"
    assert [(each.flags >> 3, each.body[-1:]) for each in rest] == [(1, b"1"), (0, b"2")]
    clean = Client(core)
    clean.connect("away")
    assert clean.packets()[0].body == b"\x00\x00"


def test_an_instrument_without_a_socket() -> None:
    core = Core()
    heard: list[Message] = []
    joined(core, "host").publish("cmd/zero", b"{}", retain=True)
    core.attach("gateway", ["cmd/#"], heard.append)
    core.publish(Message("cmd/span", b"{}"))
    assert [each.topic for each in heard] == ["cmd/zero", "cmd/span"]
    core.detach("gateway")
    core.publish(Message("cmd/span", b"{}"))
    assert len(heard) == 2


def test_what_is_not_allowed_ends_the_connection() -> None:
    for act in (
        lambda c: c.give(codec.CONNECT, b"\0\x04MQTT\x04\x02\0\0\0\x01a"),
        lambda c: c.publish("a/#", b""),
        lambda c: c.give(codec.PUBLISH, codec.string("t") + b"\0\x01", 4),
        lambda c: c.give(codec.SUBSCRIBE, b"\0\x01", 2),
        lambda c: c.give(codec.SUBSCRIBE, b"\0\x01" + codec.string("a") + b"\0", 0),
        lambda c: c.give(15, b""),
    ):
        client = joined(Core(), "x")
        act(client)
        assert client.closed
    stranger = Client(Core())
    stranger.give(codec.PINGREQ)
    assert stranger.closed


def test_random_packets() -> None:
    dice = random.Random(8)
    core = Core()
    for _ in range(2000):
        client = Client(core)
        if dice.random() < 0.9:
            client.connect(f"c{dice.randrange(5)}", level=dice.choice((4, 5)))
        for _ in range(dice.randrange(4)):
            body = dice.randbytes(dice.randrange(20))
            client.give(dice.randrange(16), body, dice.randrange(16))
    sound = joined(core, "sound")
    sound.give(codec.PINGREQ)
    assert sound.packets()[-1].kind == codec.PINGRESP
