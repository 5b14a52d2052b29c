"""The commands about a record, a module each; `register` of each makes it known to the command line (cli.py)."""
