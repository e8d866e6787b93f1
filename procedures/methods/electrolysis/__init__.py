"""Methods for PEM water electrolysis cells."""
