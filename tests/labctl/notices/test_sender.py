"""The sender's thread, on channels that keep what they are given and on real ones."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from labctl import clock
from labctl.notices import kept, shapes
from labctl.notices.channels import WebhookChannel
from labctl.notices.config import NoticesConfig
from labctl.notices.message import Message
from labctl.notices.routing import Level
from labctl.notices.sender import Sender
from labctl.notices.undelivered import Undelivered
from tests.labctl.notices.people import ANN, Box, config, notice
from tests.labctl.notices.servers import Hook, web_server


def until(condition: Callable[[], object]) -> None:
    began = clock.stopwatch()
    while not condition():
        assert clock.stopwatch() - began < 10.0
        threading.Event().wait(0.002)


def stories(folder: Path) -> list[kept.Story]:
    return kept.stories(kept.rows(folder / kept.FILE))


def test_a_notice_is_told_and_kept(tmp_path: Path) -> None:
    box = Box()
    sender = Sender(config(ANN, channels={"ann": box}), tmp_path)
    sender.send(notice())
    until(lambda: box.taken)
    sender.send(notice())  # held back
    assert sender.close() == []
    address, message = box.taken[0]
    assert address == "to ann" and message.text.startswith("The run is held: door open")
    assert tmp_path.name in message.subject
    (first, again) = stories(tmp_path)
    assert first.told == again.told == {"ann": "in the box"}


def test_sending_never_waits_for_a_channel(tmp_path: Path) -> None:
    gate, box = threading.Event(), Box()

    class Slow(Box):
        def deliver(self, message: Message, address: str) -> str:
            gate.wait(10.0)
            return super().deliver(message, address)

    slow = Slow()
    both = config(Level(0.0, ("ann", "bob")), channels={"ann": slow, "bob": box})
    sender = Sender(both, tmp_path)
    sender.send(notice())
    until(lambda: box.taken)
    assert not slow.taken  # a server that does not answer delays no other
    gate.set()
    assert sender.close() == []
    assert slow.taken


def test_what_cannot_be_delivered_is_logged_and_listed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    box = Box(fail=Undelivered("550 nobody", final=True))
    sender = Sender(config(ANN, channels={"ann": box}), tmp_path)
    with caplog.at_level(logging.WARNING):
        sender.send(notice("trip"))
        (line,) = sender.close()
    assert "ann was not told: trip 1.1-03: door open (550 nobody)" in line
    assert "550 nobody" in caplog.text
    assert stories(tmp_path)[0].failed == {"ann": "550 nobody"}


def test_a_channel_that_breaks_stops_nothing(tmp_path: Path) -> None:
    class Broken(Box):
        def deliver(self, message: Message, address: str) -> str:
            raise ZeroDivisionError("by a defect")

    box = Box()
    both = config(Level(0.0, ("ann", "bob")), channels={"ann": Broken(), "bob": box})
    sender = Sender(both, tmp_path)
    sender.send(notice())
    (line,) = sender.close()
    assert "by a defect" in line and box.taken


def test_what_is_tried_again_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labctl.notices.outbox.FIRST_PAUSE", 0.01)
    busy = (200, '{"errcode":45009,"errmsg":"limit"}', {})
    with web_server(Hook([busy, (500, "", {}), (200, '{"errcode":0}', {})])) as hook:
        robot = WebhookChannel("wecom", hook.url)
        monkeypatch.setitem(shapes.PACE, "wecom", 0.0)
        sender = Sender(config(ANN, channels={"ann": robot}), tmp_path)
        sender.send(notice())
        assert sender.close() == []
    assert len(hook.given) == 3
    assert stories(tmp_path)[0].tried == {}


def test_a_sender_ends_though_nobody_can_be_reached(tmp_path: Path) -> None:
    box = Box(fail=Undelivered("no network"))
    sender = Sender(config(ANN, channels={"ann": box}), tmp_path)
    sender.send(notice())
    (line,) = sender.close(patience=0.2)
    assert "no network" in line


def test_a_sender_that_takes_over_goes_on_where_the_other_died(tmp_path: Path) -> None:
    """The file of a guardian that was killed between two deliveries, in the middle of a line."""
    file, both = tmp_path / kept.FILE, Level(0.0, ("ann", "bob"))
    kept.append(file, kept.Accepted(4, notice()))
    kept.append(file, kept.Told(4, "ann", "ok", "2026-01-01"))
    kept.append(file, kept.Accepted(5, notice("trip")))
    kept.append(file, kept.Acknowledged((5,), "ann", "2026-01-01"))
    with open(file, "ab") as cut:
        cut.write(b'{"type":"told","numb')
    ann, bob = Box(), Box()
    sender = Sender(config(both, channels={"ann": ann, "bob": bob}), tmp_path)
    sender.send(notice("disk"))
    assert sender.close() == []
    assert [message.parts["kind"] for _, message in ann.taken] == ["disk"]
    assert [message.parts["kind"] for _, message in bob.taken] == ["hold", "disk"]
    assert [story.number for story in stories(tmp_path)] == [4, 5, 6]


def test_what_somebody_has_seen_is_not_escalated(tmp_path: Path) -> None:
    ann, boss = Box(), Box()
    levels = (ANN, Level(3600.0, ("boss",)))
    settings = config(*levels, channels={"ann": ann, "boss": boss})
    sender = Sender(settings, tmp_path)
    sender.send(notice("trip", item="first"))
    until(lambda: ann.taken)
    sender.acknowledge("ann")
    sender.send(notice("trip", item="second"))
    assert sender.close() == []
    ((_, told),) = boss.taken  # at the end of the run what is grave goes to all
    assert told.parts["item"] == "second" and "Nobody has acknowledged it" in told.text
    assert [story.acknowledged for story in stories(tmp_path)] == ["ann", ""]


def test_a_folder_that_cannot_be_written_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(file: Path, row: kept.Row) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "append", full)
    box = Box()
    sender = Sender(config(ANN, channels={"ann": box}), tmp_path)
    sender.send(notice("disk"))
    sender.close()
    assert box.taken
    assert caplog.text.count("No space left") == 1


def test_nobody_is_configured(tmp_path: Path) -> None:
    sender = Sender(NoticesConfig(), tmp_path)
    sender.send(notice())
    assert sender.close() == []
    assert len(stories(tmp_path)) == 1
