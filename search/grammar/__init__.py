"""What questions are made of, and how they become queries.

wording    a question folded for reading             table     rows, columns and conditions → SPARQL
slots      its years, numbers, comparisons, words    totals    sums, averages and quotients → SPARQL
names      what the graph calls its departments      things    units, duties, projects … → SPARQL
english    and what they are called in English       figures   numbers by the report's own words
measures   what a department can be asked for        facts     asking the graph; the proof of rows
roles      the words for people's roles              telling   rows as tables and sentences
reading    a question, a way to take it, an answer   guide     the page that shows what can be asked
"""
