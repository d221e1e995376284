"""Answers questions in plain Swedish from what is stored: findings, the matrix and passages. No language model."""

from granskning_ai.asking.answers import Answer, Kind, Source
from granskning_ai.asking.asker import Asker
from granskning_ai.asking.material import Hit, Searcher, Shelf

__all__ = ["Answer", "Asker", "Hit", "Kind", "Searcher", "Shelf", "Source"]
