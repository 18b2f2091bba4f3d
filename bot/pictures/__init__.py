"""Facts to pictures: a world map and a timeline, each with a text that says the same."""
