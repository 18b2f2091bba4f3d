"""What a file of facts may say: documents, dates, YAML, reading, checks and the
canonical form.
"""
