"""A benchmark of build speed, side by side with other generators: `python -m tests.bench.toc_do`."""
