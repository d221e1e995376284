"""What the program knows of the Swedish language and of Sweden."""
