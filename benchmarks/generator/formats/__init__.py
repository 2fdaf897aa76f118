"""DROP-IN: how a report is written to a file. One file a format.

`render(blocks, dice)` → bytes; EXTENSION names the file. `dice` decides what the format leaves open.
"""
