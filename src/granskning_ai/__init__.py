"""granskning-ai: what Swedish municipal audit reports say, comparable, with the sentence that proves it."""

__version__ = "0.1.0"
