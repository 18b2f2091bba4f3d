"""The quiz: questions made of the base's own facts, and what is said of an answer."""
