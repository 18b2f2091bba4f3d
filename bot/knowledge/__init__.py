"""YAML to immutable facts: model, reader, problems, names. Knows no Discord."""
