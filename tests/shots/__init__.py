"""What readers see, as pictures: ``python -m tests.shots`` makes docs/pictures anew."""
