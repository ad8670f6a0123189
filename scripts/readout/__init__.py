"""Readout: news articles into briefings whose every statement is tied to the article's own words."""

__version__ = "0.1.0"
