"""The technician's console and its REST API: `labctl serve`.

It reads journals and talks to guardians. It never touches an instrument, and no run depends on it.
"""
