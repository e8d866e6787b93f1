"""Public traces of caches that come with labctl; source and licence stand in their files."""

from __future__ import annotations

from importlib import resources

from procedures.analysis.cache_traces import CacheTrace, imported


def web_shop() -> CacheTrace:
    """20,000 accesses to the product page of a web shop (web12 of cache2k, CC BY 4.0), sizes 1."""
    text = resources.files("procedures").joinpath("data/web_shop_trace.csv").read_text("utf-8")
    return imported((one for one in text.splitlines() if not one.startswith("#")), "key")
