"""Speeds as ratios of two things measured in one run: machines differ, ratios hardly do."""
