"""The pages of councils: bodies, their terms with seats and members, and the records around them."""
