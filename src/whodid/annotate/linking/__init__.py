"""Who a short name, a description or a pronoun stands for: names first, then descriptions, then pronouns."""
