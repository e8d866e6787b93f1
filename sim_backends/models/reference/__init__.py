"""Simple devices whose true values are known: what a reference bench connects."""
