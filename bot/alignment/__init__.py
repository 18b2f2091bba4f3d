"""Facts on a date to an Assessment: the rubric and nothing else."""
