"""``ally doctor``: each thing that would keep the bot from working, looked at and never
changed.
"""
