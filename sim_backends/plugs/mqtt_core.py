"""A small MQTT broker without sockets: sessions, subscriptions, retained messages, wills.

MQTT 3.1.1 and 5.0 with QoS 0 and 1. Left out, and refused where a client asks for it: QoS 2, topic
aliases, shared subscriptions (they are taken as plain filters and match nothing), authentication
(any name and password will do), will delay. Keep-alive is not enforced: clients count it with the
real clock, and virtual time would pass it in no time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sim_backends.plugs import mqtt_codec as codec
from sim_backends.plugs.mqtt_codec import Malformed, Message
from sim_backends.plugs.mqtt_topics import is_filter, is_name, matches

MOST_QUEUED = 10000
"""Messages kept for a client that is away; the oldest are dropped beyond."""

_GRANTED_NOTHING = 0x80


@dataclass(slots=True)
class Session:
    """A client's subscriptions (QoS by filter) and what it has not acknowledged."""

    client: str
    filters: dict[str, int] = field(default_factory=dict[str, int])
    unacknowledged: dict[int, Message] = field(default_factory=dict[int, Message])
    queued: list[Message] = field(default_factory=list[Message])
    last_identifier: int = 0
    peer: Peer | None = None
    deliver: Callable[[Message], None] | None = None

    def next_identifier(self) -> int:
        """A packet identifier that is not in use, 1..65535."""
        while True:
            self.last_identifier = self.last_identifier % 65535 + 1
            if self.last_identifier not in self.unacknowledged:
                return self.last_identifier

    def qos_of(self, topic: str) -> int | None:
        """The highest QoS of its filters that match; None where none does."""
        found = [qos for each, qos in self.filters.items() if matches(each, topic)]
        return max(found, default=None)


class Core:
    """The broker's state; `peer` makes it a client's end of a connection."""

    def __init__(self) -> None:
        self.retained: dict[str, Message] = {}
        self.sessions: dict[str, Session] = {}
        self._made = 0

    def peer(self, send: Callable[[bytes], None], close: Callable[[], None]) -> Peer:
        """The broker's end of a new connection."""
        return Peer(self, send, close)

    def attach(self, client: str, filters: list[str], deliver: Callable[[Message], None]) -> None:
        """A client in this process, without a socket: an emulated instrument on topics."""
        session = Session(client, dict.fromkeys(filters, 1), deliver=deliver)
        self.sessions[client] = session
        for each in filters:
            self.replay(session, each)

    def detach(self, client: str) -> None:
        """It has gone."""
        self.sessions.pop(client, None)

    def publish(self, message: Message) -> None:
        """Hand `message` to all that want it; an empty retained one forgets the last."""
        if message.retain:
            if message.payload:
                self.retained[message.topic] = message
            else:
                self.retained.pop(message.topic, None)
        for session in tuple(self.sessions.values()):
            qos = session.qos_of(message.topic)
            if qos is not None:
                send(session, replace(message, qos=min(qos, message.qos), retain=False))

    def replay(self, session: Session, filter_: str) -> None:
        """The retained messages that match a fresh subscription, marked as such."""
        for topic, message in sorted(self.retained.items()):
            if matches(filter_, topic):
                qos = session.filters[filter_]
                send(session, replace(message, qos=min(qos, message.qos), retain=True))

    def open(self, connect: codec.Connect, peer: Peer) -> tuple[Session, bool]:
        """(session, whether it was there before) of a client; an older connection is closed."""
        self._made += not connect.client
        name = connect.client or f"unnamed-{self._made}"
        old = self.sessions.get(name)
        if old is not None and old.peer is not None:
            old.peer.lose()
            old = self.sessions.get(name)
        present = old is not None and not connect.clean
        session = old if old is not None and present else Session(name)
        session.peer = peer
        self.sessions[name] = session
        return session, present

    def close(self, session: Session, *, keep: bool) -> None:
        """A connection has ended."""
        session.peer = None
        if not keep:
            self.sessions.pop(session.client, None)


def send(session: Session, message: Message) -> None:
    """Send to a client, or keep QoS 1 for it while it is away."""
    if session.deliver is not None:
        session.deliver(message)
    elif session.peer is None:
        if message.qos:
            session.queued = [*session.queued[1 - MOST_QUEUED :], message]
    else:
        identifier = 0
        if message.qos:
            identifier = session.next_identifier()
            session.unacknowledged[identifier] = message
        session.peer.send_message(message, identifier)


class Peer:
    """The broker's end of one connection: bytes in, `send` and `close` out."""

    def __init__(
        self, core: Core, send: Callable[[bytes], None], close: Callable[[], None]
    ) -> None:
        self._core = core
        self._send = send
        self._close = close
        self._framer = codec.Framer()
        self._level = codec.V311
        self._session: Session | None = None
        self._will: Message | None = None
        self._keep = False

    def receive(self, data: bytes) -> None:
        """Bytes from the client; what is no MQTT ends the connection."""
        try:
            for each in self._framer.feed(data):
                self._handle(each)
        except Malformed:
            self.lose()

    def lose(self) -> None:
        """The connection breaks, or is broken: the will is published."""
        session, will = self._session, self._will
        self._session = self._will = None
        if session is not None:
            self._core.close(session, keep=self._keep)
        self._close()
        if will is not None:
            self._core.publish(will)

    def send_message(self, message: Message, identifier: int, *, again: bool = False) -> None:
        """PUBLISH to the client."""
        self._send(codec.publish(message, identifier, self._level, again=again))

    def _handle(self, each: codec.Packet) -> None:
        if self._session is None:
            if each.kind != codec.CONNECT:
                raise Malformed("the first packet must be CONNECT")
            self._connect(codec.read_connect(each.body))
        elif each.kind == codec.PUBLISH:
            self._publish(each)
        elif each.kind == codec.PUBACK:
            self._session.unacknowledged.pop(codec.Reader(each.body).number(2), None)
        elif each.kind == codec.SUBSCRIBE:
            self._subscribe(self._session, each)
        elif each.kind == codec.UNSUBSCRIBE:
            self._unsubscribe(self._session, each)
        elif each.kind == codec.PINGREQ:
            self._send(codec.packet(codec.PINGRESP, b""))
        elif each.kind == codec.DISCONNECT:
            # Reason 0x04 of version 5 ends the connection and wants the will all the same.
            self._will = self._will if each.body[:1] == b"\x04" else None
            self.lose()
        else:
            raise Malformed(f"packet {each.kind} is not for a broker, or not offered")

    def _connect(self, connect: codec.Connect) -> None:
        self._level = connect.level
        if not connect.client and not connect.clean and connect.level == codec.V311:
            self._send(codec.connack(self._level, present=False, code=2))
            raise Malformed("a session without a name cannot be kept")
        self._keep = connect.expiry > 0
        self._will = connect.will
        self._session, present = self._core.open(connect, self)
        self._send(codec.connack(self._level, present=present))
        session = self._session
        for identifier, message in session.unacknowledged.items():
            self.send_message(message, identifier, again=True)
        queued, session.queued = session.queued, []
        for message in queued:
            send(session, message)

    def _publish(self, each: codec.Packet) -> None:
        message, identifier = codec.read_publish(each, self._level)
        if not is_name(message.topic):
            raise Malformed(f"no topic: {message.topic!r}")
        if message.qos:
            self._send(codec.packet(codec.PUBACK, identifier.to_bytes(2, "big")))
        self._core.publish(message)

    def _subscribe(self, session: Session, each: codec.Packet) -> None:
        reader = self._begin(each)
        identifier = reader.take(2)
        reader.properties(self._level)
        codes, fresh = bytearray(), []
        while reader:
            text, options = reader.text(), reader.number(1)
            if not is_filter(text):
                codes.append(_GRANTED_NOTHING)
                continue
            session.filters[text] = min(options & 3, 1)
            codes.append(session.filters[text])
            fresh.append(text)
        if not codes:
            raise Malformed("a subscription to nothing")
        extra = b"\0" if self._level == codec.V5 else b""
        self._send(codec.packet(codec.SUBACK, identifier + extra + bytes(codes)))
        for text in fresh:
            self._core.replay(session, text)

    def _unsubscribe(self, session: Session, each: codec.Packet) -> None:
        reader = self._begin(each)
        identifier = reader.take(2)
        reader.properties(self._level)
        codes = bytearray()
        while reader:
            known = session.filters.pop(reader.text(), None) is not None
            codes.append(0 if known else 0x11)
        body = identifier + (b"\0" + bytes(codes) if self._level == codec.V5 else b"")
        self._send(codec.packet(codec.UNSUBACK, body))

    def _begin(self, each: codec.Packet) -> codec.Reader:
        if each.flags != 2:
            raise Malformed("wrong flags")
        return codec.Reader(each.body)
