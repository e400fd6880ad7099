/// The convolutions of the Inception network: names, channels, kernels.
enum InceptionTable {
    /// A convolution.
    struct Row {
        let name: String
        let inputs: Int
        let outputs: Int
        let kernel: (rows: Int, columns: Int)
        let stride: Int
        let padding: [Int]

        /// Of its kernels.
        var shape: [Int] { [outputs, inputs, kernel.rows, kernel.columns] }
    }

    /// What follows a convolution's name in those of its normalisation: scale, shift, mean, variance.
    static let normalisation = ["bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"]

    /// Two small kernels in place of a large one.
    static let twice = (1...3).map { "branch3x3dbl_\($0)" }

    /// All of them.
    static var rows: [Row] {
        stem + [("5b", 192, 32), ("5c", 256, 64), ("5d", 288, 64)].flatMap(small) + first
            + [("6b", 128), ("6c", 160), ("6d", 160), ("6e", 192)].flatMap(long) + second
            + [("7b", 1280), ("7c", 2048)].flatMap(wide)
    }

    private static func square(
        _ name: String,
        _ inputs: Int,
        _ outputs: Int,
        _ side: Int,
        stride: Int = 1,
        padding: Int = 0
    ) -> Row {
        Row(
            name: name,
            inputs: inputs,
            outputs: outputs,
            kernel: (side, side),
            stride: stride,
            padding: [padding, padding]
        )
    }

    /// A row or a column of a kernel, as long as it was.
    private static func line(
        _ name: String,
        _ inputs: Int,
        _ outputs: Int,
        rows: Int,
        columns: Int
    ) -> Row {
        Row(
            name: name,
            inputs: inputs,
            outputs: outputs,
            kernel: (rows, columns),
            stride: 1,
            padding: [rows / 2, columns / 2]
        )
    }

    private static let stem = [
        square("Conv2d_1a_3x3", 3, 32, 3, stride: 2), square("Conv2d_2a_3x3", 32, 32, 3),
        square("Conv2d_2b_3x3", 32, 64, 3, padding: 1), square("Conv2d_3b_1x1", 64, 80, 1),
        square("Conv2d_4a_3x3", 80, 192, 3),
    ]

    /// Source: figure 5.
    private static func small(_ block: String, _ inputs: Int, _ pool: Int) -> [Row] {
        let name = "Mixed_\(block)."
        return [
            square(name + "branch1x1", inputs, 64, 1), square(name + "branch5x5_1", inputs, 48, 1),
            square(name + "branch5x5_2", 48, 64, 5, padding: 2),
            square(name + "branch3x3dbl_1", inputs, 64, 1),
            square(name + "branch3x3dbl_2", 64, 96, 3, padding: 1),
            square(name + "branch3x3dbl_3", 96, 96, 3, padding: 1),
            square(name + "branch_pool", inputs, pool, 1),
        ]
    }

    private static let first = [
        square("Mixed_6a.branch3x3", 288, 384, 3, stride: 2),
        square("Mixed_6a.branch3x3dbl_1", 288, 64, 1),
        square("Mixed_6a.branch3x3dbl_2", 64, 96, 3, padding: 1),
        square("Mixed_6a.branch3x3dbl_3", 96, 96, 3, stride: 2),
    ]

    /// Source: figure 6, with kernels of seven.
    private static func long(_ block: String, _ middle: Int) -> [Row] {
        let name = "Mixed_\(block)."
        func lines(_ branch: String, _ count: Int, startsAcross: Bool) -> [Row] {
            (0..<count).map { index in
                let isAcross = index.isMultiple(of: 2) == startsAcross
                return line(
                    name + "\(branch)_\(index + 2)",
                    middle,
                    index == count - 1 ? 192 : middle,
                    rows: isAcross ? 1 : 7,
                    columns: isAcross ? 7 : 1
                )
            }
        }
        return [
            square(name + "branch1x1", 768, 192, 1), square(name + "branch7x7_1", 768, middle, 1),
        ]
            + lines("branch7x7", 2, startsAcross: true)
            + [square(name + "branch7x7dbl_1", 768, middle, 1)]
            + lines("branch7x7dbl", 4, startsAcross: false)
            + [square(name + "branch_pool", 768, 192, 1)]
    }

    private static let second = [
        square("Mixed_7a.branch3x3_1", 768, 192, 1),
        square("Mixed_7a.branch3x3_2", 192, 320, 3, stride: 2),
        square("Mixed_7a.branch7x7x3_1", 768, 192, 1),
        line("Mixed_7a.branch7x7x3_2", 192, 192, rows: 1, columns: 7),
        line("Mixed_7a.branch7x7x3_3", 192, 192, rows: 7, columns: 1),
        square("Mixed_7a.branch7x7x3_4", 192, 192, 3, stride: 2),
    ]

    /// Source: figure 7.
    private static func wide(_ block: String, _ inputs: Int) -> [Row] {
        let name = "Mixed_\(block)."
        return [
            square(name + "branch1x1", inputs, 320, 1),
            square(name + "branch3x3_1", inputs, 384, 1),
            line(name + "branch3x3_2a", 384, 384, rows: 1, columns: 3),
            line(name + "branch3x3_2b", 384, 384, rows: 3, columns: 1),
            square(name + "branch3x3dbl_1", inputs, 448, 1),
            square(name + "branch3x3dbl_2", 448, 384, 3, padding: 1),
            line(name + "branch3x3dbl_3a", 384, 384, rows: 1, columns: 3),
            line(name + "branch3x3dbl_3b", 384, 384, rows: 3, columns: 1),
            square(name + "branch_pool", inputs, 192, 1),
        ]
    }
}
