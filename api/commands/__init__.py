"""The commands of the command line, by what they are for; `api/cli.py` puts them in the order of its help."""
