"""What is drawn: maps and timelines as SVG and PNG, and the cache of pictures."""
