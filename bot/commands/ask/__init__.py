"""The command /ally: where a country stands, its buttons and its fast path."""
