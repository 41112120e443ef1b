"""A campaign: a CSV of prospects → pieces, in parallel processes, safe to stop and start again.

`rows` reads the CSV, `mapping` turns rows into profiles, `jobs` decides what is to be made, `run` makes it, `manifest`
remembers what was made. All of it sits on `build`, which makes each piece; nothing here knows content or Office files.
"""

from collateral.campaign.run import CampaignReport, check_campaign, run_campaign

__all__ = ["CampaignReport", "check_campaign", "run_campaign"]
