"""Plugs: emulators at the doors that the communication libraries themselves offer."""
