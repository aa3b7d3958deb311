"""Word files in, sheets of plain words out; everything here runs in the process of `apart`."""
