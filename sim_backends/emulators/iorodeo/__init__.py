"""IO Rodeo potentiostats."""
