import Checks

/// Numbers put in order digit by digit, several times as fast as by comparing where there are very many.
enum SortedNumbers {
    /// The mean distance of two lists' numbers, the smallest of either beside each other, and so on.
    ///
    /// - Precondition: as many numbers in both, none of which is not a number.
    static func meanDistance(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Double {
        precondition(first.count == second.count, "\(first.count) and \(second.count) numbers")
        var sum = 0.0
        let (a, b) = (keys(first), keys(second))
        for place in a.indices { sum += Double(abs(number(a[place]) - number(b[place]))) }
        return sum / Double(a.count)
    }

    /// Whole numbers whose order is that of the numbers, in order: three passes of eleven bits.
    private static func keys(_ numbers: ArraySlice<Float>) -> [UInt32] {
        let digits = 2048
        var keys = numbers.map { number -> UInt32 in
            let bits = number.bitPattern
            return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
        }
        var other = [UInt32](repeating: 0, count: keys.count)
        var starts = [Int](repeating: 0, count: digits)
        for shift in [UInt32(0), 11, 22] {
            keys.withUnsafeBufferPointer { from in
                other.withUnsafeMutableBufferPointer { to in
                    starts.withUnsafeMutableBufferPointer { starts in
                        starts.update(repeating: 0)
                        for key in from { starts[Int((key >> shift) & 2047)] += 1 }
                        var start = 0
                        for digit in 0..<digits {
                            let count = starts[digit]
                            starts[digit] = start
                            start += count
                        }
                        for key in from {
                            let digit = Int((key >> shift) & 2047)
                            to[starts[digit]] = key
                            starts[digit] += 1
                        }
                    }
                }
            }
            swap(&keys, &other)
        }
        return keys
    }

    /// The number of a key.
    private static func number(_ key: UInt32) -> Float {
        Float(bitPattern: key & 0x8000_0000 == 0 ? ~key : key & 0x7fff_ffff)
    }
}
