"""What is measured or made within a process of the product: `python -m bench.inside NAME ARGUMENTS` prints JSON.

Each module has one function of its name's verb, `measure`, that returns what is printed.
"""
