"""The pages about action plans: a manager's plan, a department's, a month's."""
