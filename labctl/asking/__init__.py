"""Asking people: prompts, who answers them, and what is superseded afterwards."""
