extension String {
  /// The columns that a terminal uses for the text: two for East Asian wide characters and
  /// emoji, none for combining marks. Control characters are taken to have been escaped.
  package var displayWidth: Int {
    // Below U+0300, which UTF-8 begins with 0xCC, each scalar has one column and stands alone:
    // finding where characters end would be the greater part of the work.
    var scalars = 0
    for byte in utf8 {
      if byte >= 0xCC { return reduce(0) { $0 + DisplayWidth.of($1) } }
      if byte & 0xC0 != 0x80 { scalars += 1 }
    }
    return scalars
  }
}

/// How wide characters are, after Unicode's East Asian Width (UAX #11) and emoji properties.
enum DisplayWidth {
  static func of(_ character: Character) -> Int {
    var sum = 0
    for scalar in character.unicodeScalars {
      // An emoji is one picture, whatever its sequence joins; U+FE0F asks for the picture.
      // The first of them is U+231A; below, there is no need to look.
      if scalar.value >= 0x2000,
        scalar.properties.isEmojiPresentation || scalar.value == 0xFE0F
      {
        return 2
      }
      sum += of(scalar)
    }
    return sum
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Vowels and finals of Hangul, which join the initial before them.
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) {
      return 0
    }
    return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
  }

  /// Whether a value is in one of the ranges, which are in order.
  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      let range = wideRanges[middle]
      if range.contains(value) { return true }
      if value < range.lowerBound { high = middle } else { low = middle + 1 }
    }
    return false
  }

  /// East Asian Width W and F, without what is an emoji anyway. Unassigned values inside the
  /// blocks of these scripts are counted as wide, so that a row is rather short than too long.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul initials
    0x2329...0x232A,
    0x2630...0x2637, 0x268A...0x268F,  // trigrams
    0x2E80...0x303E,  // radicals, CJK punctuation
    0x3041...0x3247, 0x3250...0xA4CF,  // kana, ideographs, Yi
    0xA960...0xA97F, 0xAC00...0xD7A3,  // Hangul
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,  // compatibility
    0xFF01...0xFF60, 0xFFE0...0xFFE6,  // full-width forms
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,  // Tangut, Khitan, Nüshu, kana
    0x1D300...0x1D356, 0x1D360...0x1D376,  // Tai Xuan Jing, counting rods
    0x1F200...0x1F265, 0x1F3FB...0x1F3FF,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,  // ideographs
  ]
}
