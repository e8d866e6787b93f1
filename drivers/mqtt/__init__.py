"""Drivers of data gateways on MQTT."""
