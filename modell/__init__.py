"""Makes the static model of Swedish that ships with the program, or one like it, from a user's own text.

See docs/modell.md. Nothing here is part of the program; it is run with `make modell TEXT=…`.
"""
