"""Supplies of TDK-Lambda at the wire."""
