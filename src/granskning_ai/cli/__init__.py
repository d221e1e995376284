"""The command line. Each command stands in a file of its own and calls one function of the pipeline."""

from granskning_ai.cli.app import main

__all__ = ["main"]
