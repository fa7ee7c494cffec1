//! What a bundle is: layout, checksum, signed bytes, its published name.
