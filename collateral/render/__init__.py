"""Plan → Artifact: `deck`, `document` and `email`. Decides nothing: what is not in the plan is not in the piece."""
