"""Parameters of the models: data with their sources, no equations."""
