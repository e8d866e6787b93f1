"""Methods of devices that light charges: energy balance of a cycle, supply of a product."""
