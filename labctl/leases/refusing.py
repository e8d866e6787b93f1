"""What is said where an instrument is held by another run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from labctl.errors import BenchError
from labctl.leases.lease import Holder, Lease
from labctl.platform.hosts import host_name

WAITING = "wait until that run has ended"
TALK = "labctl talk"
"""Stands for a run where somebody talks to an instrument by hand."""


def refused(held: Iterable[Lease | bytes], wanted: Mapping[str, Lease]) -> BenchError:
    """The error that names each instrument that is held, by which run, where, by whom, since when.

    `wanted` are the leases that were asked for: the roles are those of the run that is refused.
    """
    leases = [found for found in held if isinstance(found, Lease)]
    ours = {lease.key: lease for lease in wanted.values()}
    if not leases:
        return BenchError(
            "another run is just taking these instruments: "
            + ", ".join(role for lease in wanted.values() for role in lease.roles),
            remedy="try again; labctl leases lists who holds what",
        )
    holders = {one.holder.token: one.holder for one in leases}
    lines = [
        _line(holder, [ours.get(one.key, one) for one in leases if one.holder.token == token])
        for token, holder in holders.items()
    ]
    address = ours.get(leases[0].key, leases[0]).addresses[0]
    return BenchError("; ".join(lines), address=address, remedy=_remedy(leases[0].holder))


def cannot_be_used(folder: Path, error: OSError) -> BenchError:
    """The folder of leases cannot be read or written: nobody can know who holds what."""
    return BenchError(
        f"the folder of leases cannot be used: {error}",
        address=str(folder),
        remedy="let labctl.toml name another: [leases] folder = ..., and all machines the same",
    )


def _line(holder: Holder, ours: Iterable[Lease]) -> str:
    """What of `ours` one holder has, each role once."""
    places = {", ".join(lease.roles): ", ".join(lease.addresses) for lease in ours}
    what = ", ".join(f"{roles} at {addresses}" for roles, addresses in places.items())
    return (
        f"{what} is held by the run {holder.run}: user {holder.user}, machine {holder.host}, "
        f"process {holder.process.pid}, since {holder.since}"
    )


def _remedy(holder: Holder) -> str:
    where = "" if holder.host == host_name() else f" on {holder.host}"
    if holder.run == TALK:
        return f"end that labctl talk{where}"
    return f"{WAITING} (labctl watch {holder.run}{where}), or end it there; labctl leases lists all"
