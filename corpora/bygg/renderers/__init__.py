"""Turns the sources of the example corpus into the formats that audit reports come in."""
