"""Parsing: bytes to Document."""
