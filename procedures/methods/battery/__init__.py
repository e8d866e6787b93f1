"""Battery methods: charge and discharge, cycle life, retention after bending."""
