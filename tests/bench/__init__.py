"""Measurements, with ratios; none of them passes or fails: ``python -m
tests.bench``.
"""
