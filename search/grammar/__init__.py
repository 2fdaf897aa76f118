"""What questions are made of, and how they become queries.

wording    a question folded for reading            names     what the graph calls its departments
measures   what a department can be asked for       table     rows, columns, conditions → SPARQL
slots      years, numbers, comparisons, measures    facts     asking the graph, and the proof of rows
"""
