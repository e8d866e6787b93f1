"""The Test Script Processor of Keithley instruments: a Lua 5.0 interpreter in virtual time."""
