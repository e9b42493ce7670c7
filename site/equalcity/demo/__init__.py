"""Demonstration content, from readable files."""
