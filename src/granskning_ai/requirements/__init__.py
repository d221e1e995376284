"""Statutory requirements: which status a document gives each, on whose word, with the sentence that shows it.

`catalogues` reads what the acts ask for, `deciding` decides; whoever only needs the one does not load the other.
"""
