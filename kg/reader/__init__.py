"""Readers: file → Source → Document (a drop-in folder, one file per format; shared steps in _files).

A file offers `fits(head: bytes, name: str) -> bool` and `read(data: bytes, name: str) -> Document`.
"""
