"""The pages: twins of the JSON routes, made by the same functions, whole without scripts.

One module a page; each has a `router` and is named in `api/pages/site.py`.
"""
