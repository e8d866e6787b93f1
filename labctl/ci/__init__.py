"""Everything on simulated benches: nominal, failing and faulted devices (`labctl ci`)."""
