"""Writes the matrix and the dataset in the formats that people work in."""
