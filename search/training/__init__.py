"""How the default embedding model is made: pairs and plain text in, a sentence-transformers folder out.

`python -m search.training.train --data FOLDER --out FOLDER` runs all of it on one CPU core. Nothing here is needed
to search; the stages are, in order: sources → vocabulary → cooccurrence → glosses → contrast → evaluation.
"""
