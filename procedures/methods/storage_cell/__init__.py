"""Methods for cells of stationary stores: capacity, cycle life, pulses, range of temperatures."""
