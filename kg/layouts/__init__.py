"""Layouts: what the sections of a kind of report are for (a drop-in folder).

A file offers `fits(source, part) -> float` (0 not at all, 1 surely) and
`roles(source, part) -> dict[Section, str]`, in the words of the scheme section-roles.
"""
