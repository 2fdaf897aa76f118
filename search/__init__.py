"""Finding passages by words and meaning, and answering questions from the graph."""

import os

# Scoring one query is one small product: a second BLAS thread costs more than it brings, and four
# times more where the other core is busy. It must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
