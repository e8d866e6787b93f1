"""Long checks that run by hand or at night, and what they last came to."""
