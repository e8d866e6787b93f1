"""Methods on a hybrid storage station at its AC terminals: energy, power, response, life."""
