"""Maatwerkatlas: case records of the Dutch social domain in, a practice site and a registry of patterns out."""
