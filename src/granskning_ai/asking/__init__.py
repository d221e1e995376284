"""Answers questions in plain Swedish from what is stored: findings, the matrix and passages. No language model."""

from granskning_ai.asking.asker import Asker
from granskning_ai.asking.material import Hit, Search, Shelf
from granskning_ai.asking.question.understanding import Kind
from granskning_ai.asking.reply.answer import Answer, Source

__all__ = ["Answer", "Asker", "Hit", "Kind", "Search", "Shelf", "Source"]
