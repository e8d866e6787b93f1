"""PalmSens potentiostats."""
