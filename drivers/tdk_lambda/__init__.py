"""Drivers for TDK-Lambda instruments."""
