"""Who asked for a test, how the items were sampled, and whose results others state.

What a report has to name (ISO/IEC 17025:2017, 7.8.2.1) and no instrument knows: it stands in the
agreement.
"""

from __future__ import annotations

import msgspec


class Customer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom the test is done, and how he is reached."""

    name: str
    contact: str = ""
    address: str = ""


class Sampling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the items were sampled: plan and method, by whom, on which date (ISO 8601)."""

    plan: str
    method: str = ""
    by: str = ""
    date: str = ""


class External(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result of another provider: the indicator, who states it, in which document."""

    indicator: str
    provider: str
    document: str = ""
