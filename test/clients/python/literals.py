"""Reads a literal of Python a line of input; prints what it is as JSON, a line each."""

import ast
import json
import sys

for line in sys.stdin:
    print(json.dumps(ast.literal_eval(line)))
