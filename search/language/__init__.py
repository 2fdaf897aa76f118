"""A language model that may help to ask: never needed, never trusted.

`model` speaks to an endpoint, `translation` turns its words into readings that the graph proves,
`phrasing` lets it word an answer and reads every number again, `assisted` puts them in order.
"""
