"""How a UPS cluster's controller fails a function: each flaw is one of its program or its network.

A device with a flaw still takes every command and tells what it was told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim_backends.models.power_ports import Function
from sim_backends.models.ups_cluster import Cluster, Conduct

SHARES = (0.0, 0.3, -1.0)
"""Of the asked answer: not there, far too weak, the wrong way."""

LATE = 4.0
"""Seconds of delay of an answer to the grid that comes far too late."""

LATE_DISPATCH = 45.0
"""The same of an answer to a dispatch centre."""

LESS_CHARGE = 0.17
"""By how much lower the batteries begin that are emptied beyond their reserve."""

Flaw = Callable[[Cluster], Cluster]


def flawed(cluster: Cluster, function: Function) -> Cluster:
    """`cluster` with one flaw of `function`: which one is the draw's, by its charges."""
    flaws = [*(_share(function, share) for share in SHARES), _last(function)]
    return flaws[int(1e6 * sum(cluster.charges)) % len(flaws)](cluster)


def works(cluster: Cluster) -> bool:
    """Whether the controller does all functions as it is asked to, in time."""
    return cluster.conduct == Conduct() and cluster.delay < LATE


def _share(function: Function, share: float) -> Flaw:
    conducts = {
        "frequency": Conduct(frequency=share),
        "dispatch": Conduct(dispatch=share),
        "voltage": Conduct(voltage=share),
        "schedule": Conduct(schedule=share),
    }
    return lambda cluster: replace(cluster, conduct=conducts[function])


def _last(function: Function) -> Flaw:
    if function == "schedule":
        return _eating
    late = LATE_DISPATCH if function == "dispatch" else LATE
    return lambda cluster: replace(cluster, delay=late)


def _eating(cluster: Cluster) -> Cluster:
    """Takes the batteries down without regard to the reserve, and has not much above it."""
    lower = tuple(charge - LESS_CHARGE for charge in cluster.charges)
    return replace(cluster, charges=lower, conduct=Conduct(keeps_reserve=False))
