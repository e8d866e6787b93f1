"""Links of binary lines that follow a transcript; they ship with the drivers' conformance."""

from __future__ import annotations

from drivers.conformance.scripted_bytes import KeyedScript as Script
from drivers.conformance.scripted_bytes import ScriptedAttributes, ScriptedBytes

__all__ = ["Script", "ScriptedAttributes", "ScriptedBytes"]
