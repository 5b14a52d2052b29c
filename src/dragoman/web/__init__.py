"""The record in a browser: pages for people, JSON for programs, both from the same questions to the store."""
