"""The commands of the quiz: questions for everybody, and the scores of a server."""
