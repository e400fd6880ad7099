// SentencePiece is C++: its headers are included by CSentencePiece alone.
