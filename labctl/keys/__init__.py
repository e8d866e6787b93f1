"""Keys by which people answer for what they hand on: Ed25519, and the lab's list of keys.

A private key stays in its owner's data folder and is never part of a run or a bundle. Its public
half stands on the lab's list, `keys.toml`, with a role and the days on which it counts; beside them
stand the certificates of the time stamping authorities that the lab believes.
"""

from __future__ import annotations

from labctl.keys.keylist import Authority, KeyList, Listed, read_list
from labctl.keys.private import Signer, make, names, unlock
from labctl.keys.signing import verifies

__all__ = [
    "Authority",
    "KeyList",
    "Listed",
    "Signer",
    "make",
    "names",
    "read_list",
    "unlock",
    "verifies",
]
