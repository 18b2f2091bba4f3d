"""What Ally says: the document of an answer, and one file a page."""
