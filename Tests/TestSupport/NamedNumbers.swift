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
        var chance = SeededChance(state)
        let numbers = (0..<shape.reduce(1, *)).map { _ in
            Float((Double(chance.next() >> 40) / 8_388_608 - 1) * scale + shift)
        }
        return Tensor(numbers, shape: shape)
    }
}
