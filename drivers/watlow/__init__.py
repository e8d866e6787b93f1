"""Drivers of Watlow controllers."""
