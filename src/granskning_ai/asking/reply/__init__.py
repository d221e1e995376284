"""From what a question asks for to an answer with numbered sources, out of findings, statuses and passages."""
