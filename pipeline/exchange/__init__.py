"""exchange: what goes to translation vendors and what comes back, as bytes."""
