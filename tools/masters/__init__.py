"""The script that made the masters of the sample workspace: logo, deck master, proposal, briefing.

The masters are ordinary files that people may open and edit; run this again only to start over.
"""
