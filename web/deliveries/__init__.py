"""The pages about deliveries: one that is held, to release or to refuse."""
