"""Values as reports write them: money, percentages, counts, dates.

Each module reads one kind. `find(text)` goes through folded text (`kg.text.View.text`, where
blanks and full-width forms are gone) and yields frozen records whose `start` and `end` count in
that text; `read(text)` takes a whole table cell; `show(…)` prints for people. Numbers are Decimal.
"""
