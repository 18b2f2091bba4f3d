"""``ally setup``: from a token to a bot that answers, step by step or by flags."""
