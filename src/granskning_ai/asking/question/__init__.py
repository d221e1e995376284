"""From a question in plain Swedish to what it asks for. Knows nothing of the documents but their names."""
