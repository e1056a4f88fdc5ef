"""Time expressions and what they date. The words and the grammar are YAML, the arithmetic is Python."""
