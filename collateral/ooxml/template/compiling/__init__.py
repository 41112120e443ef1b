"""From an opened package to a compiled template: every part through the tag language and the steps of its kind."""
