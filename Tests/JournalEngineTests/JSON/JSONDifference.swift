/// Where the reader of the engine and one of the toolchain part, and why the engine is right.
enum JSONDifference: CaseIterable {
  /// Ours: refused. Theirs: read as UTF-8. RFC 8259, section 8.1: a text must not begin with a byte
  /// order mark; a reader may ignore one, but then two texts of one value differ by bytes that
  /// nobody sees, and a line must begin with its brace (Docs/Format.md, "A line", 2).
  case byteOrderMark
  /// Ours: kept. JSONSerialization: lost, where U+FEFF begins a string or follows an escape.
  /// Section 7: it is a character like others there.
  case markInString
  /// Ours: refused. Theirs: guessed from the zeros among the first four bytes, or from a mark of
  /// UTF-16 or UTF-32. Section 8.1: texts are UTF-8. The guess takes the single digit and the zero
  /// byte of a file that was extended but not filled for a number.
  case otherEncoding
  /// Ours: refused. Theirs: taken. Sections 4 and 5: a comma stands between two members or
  /// elements.
  case commaBeforeBracket
  /// Ours: refused. Theirs: one of the two members is dropped, the first by JSONSerialization and
  /// the last by JSONDecoder. Section 4: names should be unique, and what is made of others is
  /// unpredictable, as these two show. A record must not mean two things.
  case nameTwice
  /// Ours: two members. Theirs: one, for to a Swift string "é" and "e" with an accent are equal.
  /// Section 8.3: names are compared code unit by code unit.
  case equivalentNames
  /// Ours: refused beyond 128 levels. Theirs: beyond 512. Section 9: a reader may bound the depth;
  /// Docs/Format.md, "A line", says which bound is ours.
  case depth
  /// Ours: taken, with its text. Theirs: refused where a double cannot hold it, by JSONDecoder also
  /// where it is too small for one. Section 6 has no bound on a number, and a journal gives back
  /// what it was given.
  case beyondDouble
  /// Ours: taken. JSONDecoder: some zeros with an exponent are refused, such as 0e4, 0.00e4 and
  /// -0.0e10; it takes -0e4, 0e04 and 0.0e4. Section 6 allows them all.
  case zeroWithExponent
  /// Ours: the nearest double, of the exact text. JSONSerialization: some units in the last place
  /// off, where it went by way of a decimal number. Section 6 allows any precision.
  case lastPlaces
}
