"""Starts Django, then imports and calls the module that was named: the product cannot be imported before."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":  # a process that makes a document reads this file again
    django.setup()
    name, *arguments = sys.argv[1:]
    print(json.dumps(import_module(f"bench.inside.{name}").measure(*arguments)))
