// A variable that two libraries have under one name, made large enough for either.
//
// libtorch's FLAGS_minloglevel is an int, SentencePiece's an object of 32 bytes that a constructor fills. Where names
// are looked up in all libraries alike, as ELF does, both use the one that is found first: libtorch's, and the
// constructor then writes over the flags behind it, one of which has refused memory end the process. What the program
// itself has is found before the libraries'.
#if defined(__ELF__)
alignas(64) __attribute__((used, visibility("default"))) char FLAGS_minloglevel[64];
#endif
