"""`python -m granskning_ai` runs the command line."""

from granskning_ai.cli import main

if __name__ == "__main__":
    main()
