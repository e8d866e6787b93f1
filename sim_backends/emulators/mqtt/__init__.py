"""Instruments that speak MQTT."""
