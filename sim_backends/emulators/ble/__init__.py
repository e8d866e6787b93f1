"""Bluetooth Low Energy peripherals."""
