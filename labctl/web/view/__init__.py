"""What pages show, as plain data: no NiceGUI and no FastAPI here."""
