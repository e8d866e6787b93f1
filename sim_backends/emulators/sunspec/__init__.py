"""Devices that speak SunSpec Modbus."""
