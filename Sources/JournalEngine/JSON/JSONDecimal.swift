/// The exact value of a decimal number: ±0.d₁d₂…dₖ × 10^point, without superfluous zeros.
///
/// Two texts denote one value exactly where their decimals are equal; no rounding is involved.
struct JSONDecimal: Equatable {
  private(set) var isNegative = false
  /// The digits as numbers, neither beginning nor ending with 0; empty for zero.
  private(set) var digits: [UInt8] = []
  /// The power of ten the digits after "0." are multiplied by; 0 for zero.
  private(set) var point = 0

  /// Exponents beyond this are taken for this. No text in memory has digits enough to bring such a
  /// number back into the range of a double, so comparing with a double's text stays right.
  private static let farthest = Int.max / 4

  /// Takes apart a text that is a JSON number, in linear time.
  init(_ text: some StringProtocol) {
    var seenPoint = false
    var exponent = 0
    var isExponentNegative = false
    var inExponent = false
    for byte in text.utf8 {
      if JSONByte.isDigit(byte) {
        let digit = byte &- JSONByte.zero
        if inExponent {
          exponent = min(exponent * 10 + Int(digit), Self.farthest / 16)
        } else {
          // Zeros before the first other digit move the point only, those after the point left.
          if !digits.isEmpty || digit != 0 {
            digits.append(digit)
            if !seenPoint { point += 1 }
          } else if seenPoint {
            point -= 1
          }
        }
      } else if byte == JSONByte.point {
        seenPoint = true
      } else if JSONByte.isExponentMark(byte) {
        inExponent = true
      } else if byte == JSONByte.minus {
        if inExponent { isExponentNegative = true } else { isNegative = true }
      }
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      // JSON has a negative zero, but its value is zero.
      isNegative = false
      point = 0
    } else {
      point += isExponentNegative ? -exponent : exponent
    }
  }

  /// The shortest decimal that reads back as a finite double.
  init(_ double: Double) {
    // Swift's description has the fewest digits that read back, and of those the nearest: exactly
    // the digits ECMAScript asks for.
    self.init(double.description)
  }

  /// The decimal as ECMAScript's Number::toString writes a number of these digits.
  ///
  /// Source: ECMA-262, Number::toString with radix 10; RFC 8785 section 3.2.2.3.
  var ecmaScriptText: String {
    if digits.isEmpty { return "0" }
    var text: [UInt8] = isNegative ? [JSONByte.minus] : []
    let figures = digits.map { $0 &+ JSONByte.zero }
    let count = figures.count
    func zeros(_ count: Int) -> Repeated<UInt8> { repeatElement(JSONByte.zero, count: count) }

    if point >= count, point <= 21 {
      text += figures
      text += zeros(point - count)
    } else if point > 0, point <= 21 {
      text += figures[..<point]
      text.append(JSONByte.point)
      text += figures[point...]
    } else if point > -6, point <= 0 {
      text += [JSONByte.zero, JSONByte.point]
      text += zeros(-point)
      text += figures
    } else {
      text += figures[..<1]
      if count > 1 {
        text.append(JSONByte.point)
        text += figures[1...]
      }
      text.append(0x65)
      text.append(point > 0 ? JSONByte.plus : JSONByte.minus)
      text += String((point - 1).magnitude).utf8
    }
    return String(decoding: text, as: UTF8.self)
  }
}
