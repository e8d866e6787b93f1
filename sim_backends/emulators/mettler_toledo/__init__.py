"""Mettler-Toledo balances."""
