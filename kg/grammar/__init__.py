"""How reports say things: the grammar of the genre that extractors share.

A sentence is cut into clauses (`sentences`), its numbers are found (`figures`) and named
(`measures`, `quantities`, `functional`); a table's columns are known by their heads (`heads`,
`levels`, `dimensions`), and a project by the words that name it (`projects`). Nothing here
makes facts: that is what `kg.extractors` do.
"""
