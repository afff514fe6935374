"""The benchmarks of quality.md: each module here has `rows()`; `make bench` collects them."""
