"""Turning content into records, one module for each file of a region, through the actions that people use."""
