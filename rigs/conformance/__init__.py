"""Checks of a lab's drivers, emulators and golden files, ours and another lab's alike.

The rules stand in `drivers/conformance` and `sim_backends/conformance`; here a lab's folders are
found and the rules put to what is in them.
"""
