"""Field 8: wide-bandgap semiconductors."""
