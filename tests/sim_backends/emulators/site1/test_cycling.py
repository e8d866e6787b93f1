"""One controller behind two sides: found by the port, kept by a snapshot, started anew as one."""

from __future__ import annotations

import json

from sim_backends.emulators.site1.cycling import controller_of
from sim_backends.models.reference.quiet_site import QuietSite
from sim_backends.snapshot.graph import Graph
from sim_backends.streams import stream
from tests.sim_backends.emulators.site1.hosts import Site


def graph(host: Site) -> Graph:
    return Graph({"world": host.site, "site": host.emulator, "dispatch": host.centre})


def test_each_port_has_a_controller_of_its_own() -> None:
    one, other = QuietSite(1, 15e3, 18e3), QuietSite(1, 15e3, 18e3)
    rng = stream(1, "site")
    first = controller_of(one, rng)
    assert controller_of(one, rng) is first and controller_of(other, rng) is not first


def test_a_snapshot_keeps_the_one_controller_of_both_sides() -> None:
    host, fresh = Site(), Site()
    kept, built_anew = graph(host), graph(fresh)
    host.write(600, 1, 4)
    host.dispatch(5000.0)
    built_anew.thaw(json.loads(json.dumps(kept.freeze())))
    fresh.t = host.t
    assert fresh.long(106) == 1 and fresh.real(116) == 5000.0
    told = fresh.dispatch(6000.0, number=70)
    assert told["count"] == 2 and fresh.site.dispatched == 6000.0
    assert fresh.long(106) == 2 and host.long(106) == 1


def test_a_restart_of_one_side_is_one_of_both() -> None:
    host = Site()
    host.write(600, 1, 4)
    host.emulator.power_on(host.t)  # type: ignore[attr-defined]
    (message,) = host.centre.send(host.t)
    told = json.loads(message.payload)
    assert told["state"] == "online" and told["boot"] == 2
    assert host.dispatch(100.0)["error"]["code"] == "not_dispatched"
