"""The laboratory as its reports name it: `[laboratory]` of `labctl.toml`.

```toml
[laboratory]
name = "Testing Laboratory of the Institute"
address = "1 Example Road, 100000 Beijing"
place = "Building 3, room 214"      # where the tests were done; else the address
contact = "lab@example.org"
accreditation = "CNAS L0000"
```
"""

from __future__ import annotations

import msgspec

from labctl import config
from labctl.errors import BenchError

TABLE = "laboratory"


class Laboratory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name, address, the place of its activities, contact and accreditation; "" is not stated."""

    name: str = ""
    address: str = ""
    place: str = ""
    contact: str = ""
    accreditation: str = ""


def laboratory() -> Laboratory:
    """What `labctl.toml` in the working directory states; `BenchError` names what is wrong."""
    try:
        return msgspec.convert(dict(config.table(TABLE)), Laboratory)
    except msgspec.ValidationError as error:
        raise BenchError(f"{config.FILE}: [{TABLE}]: {error}") from error
