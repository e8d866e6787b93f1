"""New Era syringe pumps."""
