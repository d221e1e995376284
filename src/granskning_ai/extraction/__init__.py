"""The stage that reads findings out of a document: rules first, each finding with its evidence."""
