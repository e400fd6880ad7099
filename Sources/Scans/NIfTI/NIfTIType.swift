import Foundation

/// A kind of values, by its number in NIfTI's header.
public enum NIfTIType: Int, Sendable, CaseIterable {
    /// Whole, 8 bits, without a sign.
    case uint8 = 2
    /// Whole, 16 bits.
    case int16 = 4
    /// Whole, 32 bits.
    case int32 = 8
    /// With a fraction, 32 bits.
    case float32 = 16
    /// With a fraction, 64 bits.
    case float64 = 64
    /// Whole, 8 bits.
    case int8 = 256
    /// Whole, 16 bits, without a sign.
    case uint16 = 512
    /// Whole, 32 bits, without a sign.
    case uint32 = 768
    /// Whole, 64 bits.
    case int64 = 1024
    /// Whole, 64 bits, without a sign.
    case uint64 = 1280

    /// How many bytes a value takes.
    public var bytes: Int {
        switch self {
        case .uint8, .int8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// What numbers of the kind can say; nothing for those with a fraction.
    var storable: (least: Double, most: Double)? {
        switch self {
        case .uint8: (0, 255)
        case .int8: (-128, 127)
        case .int16: (-32_768, 32_767)
        case .uint16: (0, 65_535)
        case .int32: (Double(Int32.min), Double(Int32.max))
        case .uint32: (0, Double(UInt32.max))
        case .int64: (Double(Int64.min), Double(Int64.max))
        case .uint64: (0, Double(UInt64.max))
        case .float32, .float64: nil
        }
    }

    /// The value at a place.
    ///
    /// - Precondition: the bytes are there.
    func value(_ bytes: UnsafeRawBufferPointer, _ place: Int, isBig: Bool) -> Double {
        func whole<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
            let raw = bytes.loadUnaligned(fromByteOffset: place, as: Number.self)
            return isBig ? Number(bigEndian: raw) : Number(littleEndian: raw)
        }
        return switch self {
        case .uint8: Double(whole(UInt8.self))
        case .int8: Double(whole(Int8.self))
        case .int16: Double(whole(Int16.self))
        case .uint16: Double(whole(UInt16.self))
        case .int32: Double(whole(Int32.self))
        case .uint32: Double(whole(UInt32.self))
        case .int64: Double(whole(Int64.self))
        case .uint64: Double(whole(UInt64.self))
        case .float32: Double(Float(bitPattern: whole(UInt32.self)))
        case .float64: Double(bitPattern: whole(UInt64.self))
        }
    }
}
