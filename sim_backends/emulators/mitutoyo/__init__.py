"""Mitutoyo length gauges."""
