"""The commands of servers' own entries: adding, reviewing, listing, settings,
privacy.
"""
