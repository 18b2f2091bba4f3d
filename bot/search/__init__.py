"""Which facts of a base a text asks for, and what rests on which publisher."""
