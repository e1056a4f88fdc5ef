"""The formats of others, one a module, each against the publication that its docstring names."""
