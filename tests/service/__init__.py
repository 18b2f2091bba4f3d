"""Tests of how Ally meets Discord, in one process."""
