"""What a typed name means: the index of names, regions, and names within a text."""
