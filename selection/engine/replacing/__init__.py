"""After the draw: seats that fall empty, and who takes them."""
