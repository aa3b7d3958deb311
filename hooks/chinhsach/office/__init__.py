"""What the office keeps for itself (`_van-phong/`): what must be communicated, the plan, and what was done of it."""
