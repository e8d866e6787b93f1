from __future__ import annotations

import pytest

from sim_backends.plugs.mqtt_topics import is_filter, is_name, matches


@pytest.mark.parametrize(
    ("filter_", "topic", "is_so"),
    [
        # The examples of MQTT 5.0, sections 4.7.1 and 4.7.2.
        ("sport/tennis/player1/#", "sport/tennis/player1", True),
        ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", True),
        ("sport/#", "sport", True),
        ("#", "a/b", True),
        ("sport/tennis/+", "sport/tennis/player1", True),
        ("sport/tennis/+", "sport/tennis/player1/ranking", False),
        ("sport/+", "sport", False),
        ("sport/+", "sport/", True),
        ("+/+", "/finance", True),
        ("/+", "/finance", True),
        ("+", "/finance", False),
        ("#", "$SYS/uptime", False),
        ("+/monitor/Clients", "$SYS/monitor/Clients", False),
        ("$SYS/#", "$SYS/monitor/Clients", True),
    ],
)
def test_examples_of_the_specification(filter_: str, topic: str, is_so: bool) -> None:
    assert matches(filter_, topic) is is_so


def test_filters_and_names() -> None:
    assert all(map(is_filter, ("#", "+", "a/+/b", "a/#", "/")))
    assert not any(map(is_filter, ("", "a#", "a/#/b", "sport+")))
    assert is_name("a/b") and not is_name("a/+") and not is_name("#") and not is_name("")
