"""Delivery: thin views over what was published."""
