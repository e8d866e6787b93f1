"""What cameras and microscopes see, as pictures made from the things before them."""
