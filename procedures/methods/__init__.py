"""Methods: an acquisition on roles, and beside it a pure reduction on arrays of draws."""
