"""Leases: two runs cannot hold one instrument, on one machine or through a shared folder.

A lease is a file in a folder that all runs know. Files are only ever made, with numbers that rise,
and never changed: making a file that must not exist yet is the one thing that every file system
does for one of two processes alone, a network one too (docs/decisions/0014-leases.md).
"""

from labctl.leases.keys import keys_of
from labctl.leases.lease import Holder, Lease
from labctl.leases.life import Standing, standing
from labctl.leases.taking import Held, taken

__all__ = ["Held", "Holder", "Lease", "Standing", "keys_of", "standing", "taken"]
