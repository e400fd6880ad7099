import CTorch

/// Where a tensor lives and is computed.
public struct Device: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of devices.
    public enum Kind: String, Sendable, CaseIterable {
        /// The processor.
        case cpu
        /// An NVIDIA graphics card.
        case cuda
        /// An Apple graphics processor.
        case mps

        var code: Int32 {
            switch self {
            case .cpu: Int32(CTORCH_CPU.rawValue)
            case .cuda: Int32(CTORCH_CUDA.rawValue)
            case .mps: Int32(CTORCH_MPS.rawValue)
            }
        }
    }

    /// The kind of device.
    public let kind: Kind
    /// Which one of its kind, from 0.
    public let index: Int

    /// The processor: always there.
    public static let cpu = Device(kind: .cpu, index: 0)

    private init(kind: Kind, index: Int) {
        self.kind = kind
        self.index = index
    }

    /// The device of that name: `cpu`, `cuda`, `cuda:1`, `mps`.
    ///
    /// - Throws: `TorchError.unknownDevice` for a name that is none,
    ///   `TorchError.absentDevice` for a device that this machine or this libtorch lacks.
    public init(_ name: String) throws {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard let kind = Kind(rawValue: String(parts[0])), parts.count <= 2 else {
            throw TorchError.unknownDevice(name)
        }
        let index = parts.count == 1 ? 0 : Int(parts[1])
        guard let index, index >= 0, kind == .cuda || index == 0 else {
            throw TorchError.unknownDevice(name)
        }
        let present = Device.count(of: kind)
        guard index < present else {
            throw TorchError.absentDevice(name, present: Device.available.map(\.description))
        }
        self.init(kind: kind, index: index)
    }

    /// How many devices of that kind this process can use.
    public static func count(of kind: Kind) -> Int { Int(ctorch_device_count(kind.code)) }

    /// All devices that this process can use.
    public static var available: [Device] {
        Kind.allCases.flatMap { kind in
            (0..<count(of: kind)).map { Device(kind: kind, index: $0) }
        }
    }

    /// The name that `init(_:)` takes.
    public var description: String { kind == .cuda ? "cuda:\(index)" : kind.rawValue }

    /// Waits until the device has done all that was asked of it.
    public func synchronize() { require(ctorch_synchronize(raw), "synchronize \(self)") }

    package var raw: ctorch_device { ctorch_device(kind: kind.code, index: Int32(index)) }

    package init(raw: ctorch_device) {
        guard let kind = Kind.allCases.first(where: { $0.code == raw.kind }) else {
            fatalError(
                "libtorch returned a tensor on device kind \(raw.kind), which is not offered"
            )
        }
        self.init(kind: kind, index: Int(raw.index))
    }
}
