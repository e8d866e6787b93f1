"""Our own golden files; their format stands in `drivers/conformance/transcripts.py`."""

from __future__ import annotations

from pathlib import Path

from drivers.conformance.transcripts import Exchange, Golden, Scene, expanded, form_of

__all__ = ["Exchange", "Scene", "exchanges", "expanded", "form_of", "load", "models", "scenes"]

GOLDEN = Golden(Path(__file__).parent)
models, load, scenes, exchanges = GOLDEN.models, GOLDEN.load, GOLDEN.scenes, GOLDEN.exchanges
