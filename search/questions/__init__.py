"""Question forms (a drop-in folder): one way of asking a file.

A file offers `EXAMPLES` (questions as people ask them, zh and en) and
`read(question: Question) -> Reading | None`: how the question reads if it is of this form. The
surest reading is answered. The docstring tells users what can be asked.
"""
