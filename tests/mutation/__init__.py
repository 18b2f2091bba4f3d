"""Whether the tests would notice a fault: put one in, run the tests, and see them fail.

``python -m tests.mutation`` changes the code of some rooms in one small place at a
time (a *mutant*), runs the tests that reach this place, and lists the mutants that no
test noticed (*survivors*). A survivor is answered with a test that kills it, or with
a reason in ``explained.toml`` why no reader can tell the difference.

Why no ready tool: cosmic-ray and mutatest start pytest anew for each mutant (2 s before
the first test) and write into the tree; neither removes an argument, a statement or a
part of a cache's key, which are the faults that were once found by hand. mutmut forks
and is as quick as this, but has none of the last two either, leaves out whatever has a
decorator (commands, buttons, properties) or stands outside functions, and knows neither
a sample by a seed nor reasons kept beside survivors. What is left to do is small:
``ast`` makes the mutants, coverage.py says which tests reach a line, pytest runs them.
"""
