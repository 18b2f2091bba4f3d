"""What every process needs: settings, logs, metrics, admission, clock, first reply,
reload.
"""
