"""Machinery without civic words: workflow, ledger, windows, editions, jobs, datasets, search, page cache."""
