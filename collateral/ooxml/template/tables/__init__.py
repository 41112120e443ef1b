"""Tables whose rows, columns and cells tags repeat, span and colour, and the rows of filled ones, read back."""
