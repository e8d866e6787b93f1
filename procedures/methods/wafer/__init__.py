"""Wafers by files of the instruments that characterise them."""
