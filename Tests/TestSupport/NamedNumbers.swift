import Torch

/// Tensors that are a function of their name, as `drawn` in `scripts/fixtures/fixture_file.py` makes them.
public enum NamedNumbers {
    /// Number i is shift + scale · u, u from the name's FNV-1a hash and splitmix64's step i + 1.
    public static func tensor(
        _ name: String,
        _ shape: [Int],
        scale: Double,
        shift: Double
    ) -> Tensor {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let numbers = (0..<shape.reduce(1, *)).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            bits ^= bits >> 31
            return Float((Double(bits >> 40) / 8_388_608 - 1) * scale + shift)
        }
        return Tensor(numbers, shape: shape)
    }
}
