"""DROP-IN: the kinds of report that can be made. One file a kind.

`blocks(truth, pen)` yields what stands in the report, in order; TYPE is its label in the scheme
report-types, FORMATS the formats it is found in.
"""
