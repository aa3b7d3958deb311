"""One entry in, its texts and pictures for each channel out, with the same facts on all of them (docs/adr/026)."""
