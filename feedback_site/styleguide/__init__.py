"""The living page of components. Seen in DEBUG only, so its examples are not translated."""
