// libtorch is C++: its headers are included by CTorch alone.
