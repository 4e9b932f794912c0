"""How a customer answers: the published version in memory, its page, the form token, and the way back."""
