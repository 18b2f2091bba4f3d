"""One module per slash command: parse, call, reply."""
