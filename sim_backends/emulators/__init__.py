"""Emulators: simulated instruments, sans-IO, each written from its instrument's manual."""
