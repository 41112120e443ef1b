"""Charts with data: their parts and workbooks compiled into programs, and written anew with other points."""
