"""Pure numerics on arrays with a leading axis of draws: no instrument, no clock, no limit."""
