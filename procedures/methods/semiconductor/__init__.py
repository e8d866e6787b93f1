"""Devices on a wafer under probes: positioning, contacts, transfer curves."""
