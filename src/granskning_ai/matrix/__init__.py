"""Compares municipalities: requirements and audit topics in columns, a municipality (or its year) in each row."""

from granskning_ai.matrix.build import OVERALL, build

__all__ = ["OVERALL", "build"]
