"""Measurements, as ratios taken side by side in one run. `make bench` runs them all and prints both sides."""
