"""Shapes that repeat: where copies lie, the ids, timings and texts that go with them."""
