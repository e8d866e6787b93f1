"""What differs between operating systems. Every module here can be imported on all of them."""
