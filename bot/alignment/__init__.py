"""How facts become a level: the rubric, comparison, levels over time, cohesion of
blocs.
"""
