"""Field 7: computing and software."""
